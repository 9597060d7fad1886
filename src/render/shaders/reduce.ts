/** Each pixel the mean of its samples, one or 2 x 2; rows from the top down, and colours not multiplied by alpha, as images are. */
export const REDUCE_FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;

uniform sampler2D samples;
/** Along each side of a pixel. */
uniform int perSide;
/** Sample at the lower left corner, and pixels from there up. */
uniform vec2 corner;
uniform float rows;

layout(location = 0) out vec4 result;

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.x, rows - gl_FragCoord.y);
  ivec2 at = ivec2(corner) + perSide * pixel;
  vec4 sum = vec4(0.0);
  for (int y = 0; y < perSide; y++) {
    for (int x = 0; x < perSide; x++) {
      vec4 one = texelFetch(samples, at + ivec2(x, y), 0);
      sum += vec4(one.rgb * one.a, one.a);
    }
  }
  result = sum.a > 0.0 ? vec4(sum.rgb / sum.a, sum.a / float(perSide * perSide)) : vec4(0.0);
}
`;
