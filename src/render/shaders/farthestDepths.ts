/** The farthest depth in each tile of a picture. */
export const FARTHEST_FRAGMENT = /* glsl */ `
precision highp float;
precision highp int;

uniform highp sampler2D depth;
uniform vec2 pictureSize;
uniform int tilePixels;

layout(location = 0) out float farthest;

void main() {
  ivec2 from = ivec2(gl_FragCoord.xy) * tilePixels;
  ivec2 to = min(from + tilePixels, ivec2(pictureSize));
  farthest = 0.0;
  for (int y = from.y; y < to.y; y++) {
    for (int x = from.x; x < to.x; x++) farthest = max(farthest, texelFetch(depth, ivec2(x, y), 0).r);
  }
}
`;
