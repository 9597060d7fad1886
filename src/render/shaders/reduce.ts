/** Each pixel the mean of its 2 x 2 samples; rows from the top down, and colours not multiplied by alpha, as images are. */
export const REDUCE_FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;

uniform sampler2D samples;
/** Sample at the lower left corner, and pixels from there up. */
uniform vec2 corner;
uniform float rows;

layout(location = 0) out vec4 result;

void main() {
  ivec2 pixel = ivec2(gl_FragCoord.x, rows - gl_FragCoord.y);
  ivec2 at = ivec2(corner) + 2 * pixel;
  vec4 sum = vec4(0.0);
  for (int k = 0; k < 4; k++) {
    vec4 one = texelFetch(samples, at + ivec2(k & 1, k >> 1), 0);
    sum += vec4(one.rgb * one.a, one.a);
  }
  result = sum.a > 0.0 ? vec4(sum.rgb / sum.a, 0.25 * sum.a) : vec4(0.0);
}
`;
