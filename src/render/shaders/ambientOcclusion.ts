/** Distances from the near plane as shares of the way to the far one, and their 24 bits in three bytes. */
const DEPTHS = /* glsl */ `
precision highp float;
precision highp int;
precision highp sampler2D;

/** Distances of the near and the far plane, Å. */
uniform vec2 planes;

/** How far behind the near plane a window depth lies, as a share. */
float share(float depth) {
#ifdef PERSPECTIVE
  return depth * planes.x / (planes.y - depth * (planes.y - planes.x));
#else
  return depth;
#endif
}

vec3 packed(float share) {
  uint bits = uint(share * 16777215.0);
  return vec3(bits >> 16u, (bits >> 8u) & 255u, bits & 255u) / 255.0;
}

float unpacked(vec3 bytes) {
  return dot(bytes, vec3(65536.0, 256.0, 1.0) * 255.0) / 16777215.0;
}
`;

/**
 * How little of the sky each fourth pixel sees (red; 1 is all of it) and its depth (green, blue, alpha).
 *
 * About a point of a surface lies a sphere; of the lines through it along the line of sight, how much is behind the
 * surface, that is inside matter? Half of the volume on any plane, however it is tilted, more in a hollow, less on a
 * hill (line samples: B. J. Loos and P.-P. Sloan, Volumetric obscurance, I3D 2010). Needs no normals, which depth does
 * not give at edges. Two spheres: one shows how neighbours touch, the wide one shows sheets and gaps of the network.
 *
 * Lines come in pairs of opposite ones; of each 4 x 4 pixels every one has its own turn and distance, from a fixed table:
 * the next step takes their mean. The same picture every time.
 */
export const OCCLUSION_FRAGMENT = /* glsl */ `
${DEPTHS}
uniform sampler2D depths;
uniform vec2 windowFrom;
uniform vec2 pictureSize;
/** Pixels of 1 Å; with PERSPECTIVE at a distance of 1 Å. */
uniform float pixelsPerAngstrom;
/** Radii of both spheres, Å, and the most pixels either may take. */
uniform vec2 radii;
uniform float mostPixels;
uniform vec2 strengths;
/** How far from a nearer edge the outline goes, pixels; from where to where a step in depth is one, Å. */
uniform float outlinePixels;
uniform vec2 outlineStep;
uniform float outlineStrength;

layout(location = 0) out vec4 result;

const float TURNS[16] = float[16](0.0, 8.0, 2.0, 10.0, 12.0, 4.0, 14.0, 6.0, 3.0, 11.0, 1.0, 9.0, 15.0, 7.0, 13.0, 5.0);
const float SPREADS[16] = float[16](7.0, 13.0, 1.0, 11.0, 3.0, 9.0, 5.0, 15.0, 8.0, 2.0, 14.0, 4.0, 12.0, 6.0, 10.0, 0.0);
const int PAIRS = 4;
/** A quarter of a half turn. */
const mat2 STEP = mat2(0.70710678, 0.70710678, -0.70710678, 0.70710678);

/** How much nearer the surface is at another pixel of the picture, Å. */
float rise(ivec2 at, float here) {
  ivec2 inside = clamp(at, ivec2(0), ivec2(pictureSize) - 1) - ivec2(windowFrom);
  return (here - share(texelFetch(depths, inside, 0).r)) * (planes.y - planes.x);
}

/** How much more than half of a sphere is matter, 0 to 1. What stands far in front counts as the last number says. */
float hollow(ivec2 at, float here, float radius, float pixels, vec2 turned, float spread, float beyond) {
  float filled = 0.0;
  float all = 0.0;
  for (int pair = 0; pair < PAIRS; pair++) {
    float distance = sqrt((float(pair) + spread) / float(PAIRS));
    float chord = sqrt(1.0 - distance * distance);
    ivec2 offset = ivec2(round(turned * (distance * pixels)));
    turned = STEP * turned;
    vec2 rises = vec2(rise(at + offset, here), rise(at - offset, here)) / radius;
    vec2 inside = clamp(0.5 + 0.5 * rises / chord, 0.0, 1.0);
    inside = mix(inside, vec2(beyond), smoothstep(1.5, 3.0, rises));
    filled += chord * (inside.x + inside.y);
    all += 2.0 * chord;
  }
  return clamp(2.0 * filled / all - 1.0, 0.0, 1.0);
}

void main() {
  ivec2 at = 2 * ivec2(gl_FragCoord.xy) + ivec2(windowFrom);
  float depth = texelFetch(depths, at - ivec2(windowFrom), 0).r;
  float here = share(depth);
  if (depth == 1.0) {
    result = vec4(1.0);
    return;
  }
  float perAngstrom = pixelsPerAngstrom;
#ifdef PERSPECTIVE
  perAngstrom /= mix(planes.x, planes.y, here);
#endif
  vec2 pixels = min(radii * perAngstrom, mostPixels);
  vec2 reach = pixels / perAngstrom;

  ivec2 place = (at / 2) & 3;
  int own = place.x + 4 * place.y;
  float angle = TURNS[own] * (0.78539816 / 16.0);
  float spread = (SPREADS[own] + 0.5) / 16.0;
  vec2 turned = vec2(cos(angle), sin(angle));

  float near = hollow(at, here, reach.x, pixels.x, turned, spread, 0.5);
  float wide = hollow(at, here, reach.y, pixels.y, turned.yx, 1.0 - spread, 0.72);
  vec2 shades = 1.0 - strengths * vec2(near, wide);

  float step = 0.0;
  for (int side = 0; side < 4; side++) {
    step = max(step, rise(at + ivec2(round(turned * outlinePixels)), here));
    turned = vec2(-turned.y, turned.x);
  }
  float outline = 1.0 - outlineStrength * smoothstep(outlineStep.x, outlineStep.y, step);
  result = vec4(shades.x * shades.y * outline, packed(here));
}
`;

/** Texels looked at for a pixel: of two spheres with four pairs of lines, and of the outline. */
export const OCCLUSION_LOOKS = 21;
export const SMOOTH_LOOKS = 17;
export const SHADE_LOOKS = 5;

/** The mean over 4 x 4 pixels, of those that lie on the same surface. */
export const SMOOTH_FRAGMENT = /* glsl */ `
${DEPTHS}
uniform sampler2D rough;
/** Pixels of it that are in use. */
uniform vec2 roughSize;
/** Depths that differ by this belong to different surfaces, Å. */
uniform float sameSurface;

layout(location = 0) out vec4 result;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  vec4 own = texelFetch(rough, at, 0);
  float here = unpacked(own.gba);
  float perShare = (planes.y - planes.x) / sameSurface;
  float sum = 0.0;
  float weights = 0.0;
  for (int y = -2; y < 2; y++) {
    for (int x = -2; x < 2; x++) {
      vec4 other = texelFetch(rough, clamp(at + ivec2(x, y), ivec2(0), ivec2(roughSize) - 1), 0);
      float away = (unpacked(other.gba) - here) * perShare;
      float weight = 1.0 / (1.0 + away * away * away * away);
      sum += weight * other.r;
      weights += weight;
    }
  }
  result = vec4(sum / weights, own.gba);
}
`;

/** Shade the picture, pixel by pixel, from those of the four known about it that lie on the same surface. */
export const SHADE_FRAGMENT = /* glsl */ `
${DEPTHS}
uniform sampler2D depths;
uniform sampler2D smoothed;
uniform vec2 roughSize;
uniform float sameSurface;

layout(location = 0) out vec4 result;

void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  float depth = texelFetch(depths, at, 0).r;
  // Nothing is there but background.
  if (depth == 1.0) discard;
  float here = share(depth);
  float perShare = (planes.y - planes.x) / sameSurface;
  vec2 odd = 0.5 * vec2(at & 1);
  float sum = 0.0;
  float weights = 0.0;
  for (int y = 0; y < 2; y++) {
    for (int x = 0; x < 2; x++) {
      vec4 known = texelFetch(smoothed, min(at / 2 + ivec2(x, y), ivec2(roughSize) - 1), 0);
      vec2 nearness = mix(1.0 - odd, odd, vec2(x, y)) + 0.02;
      float away = (unpacked(known.gba) - here) * perShare;
      float weight = nearness.x * nearness.y / (1.0 + away * away * away * away);
      sum += weight * known.r;
      weights += weight;
    }
  }
  result = vec4(vec3(sum / weights), 1.0);
}
`;
