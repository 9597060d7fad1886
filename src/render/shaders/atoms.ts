import { TINT } from '#state/flags.ts';
import { RING_LEAST, RING_LIFT, RING_OUTER, RING_THICKNESS } from '../rings.ts';
import { MOST_SLABS } from '../scene.ts';

const RING = /* glsl */ `
const float RING_LIFT = ${RING_LIFT.toFixed(2)};
float ringRadius(float atomPixels, float ringPixels) {
  return max(${RING_OUTER.toFixed(2)} * atomPixels, ${RING_LEAST.toFixed(2)} * ringPixels);
}
float ringThickness(float atomPixels, float ringPixels) {
  return max(ringPixels, ${RING_THICKNESS.toFixed(2)} * atomPixels);
}
`;

/**
 * Spheres as point sprites: every pixel of a sprite meets its ray with the sphere exactly and writes the depth of that
 * point, so spheres cut each other, the cell box and near walls as solid bodies do.
 *
 * Variants, by define:
 * - PERSPECTIVE: rays meet in the eye; otherwise they are parallel.
 * - CUT: parts of the model are cut away, by slabs and a sphere; without, pictures cost less.
 * - MARKED: a chosen atom, which wears a ring, and is shown whatever its type.
 */
export const VERTEX = /* glsl */ `
precision highp float;
precision highp int;
${RING}
in vec3 position;
in float value;
in float type;
in float flag;

uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 viewport;
uniform float radius;
uniform int visibleTypes;
uniform int slabCount;
uniform vec3 slabNormals[${MOST_SLABS}];
uniform vec2 slabRanges[${MOST_SLABS}];
uniform vec4 ball;
uniform highp sampler2D tiles;
uniform vec2 tileCount;
uniform float tilePixels;
uniform int colourKind;
uniform vec3 plainColour;
uniform vec3 missingColour;
uniform vec2 range;
uniform bool logarithmic;
uniform vec3 belowColour;
uniform vec3 aboveColour;
uniform sampler2D colourTable;
uniform vec2 cueRange;
uniform float cueStrength;
uniform float ringPixels;
uniform vec2 windowFrom;
uniform vec2 windowSize;
uniform vec2 blockFrom;
uniform vec2 blockTo;

flat out vec3 vCentre;
flat out vec2 vPixel;
flat out float vPixelRadius;
flat out vec3 vColour;
flat out float vCue;

const int STRUCTURE = 1;
const int CONTINUOUS = 2;

bool isMissing(float number) {
  // By the bits: comparisons with NaN may be optimised away.
  return (floatBitsToUint(number) & 0x7f800000u) == 0x7f800000u;
}

vec3 dataColour() {
  int tint = int(flag) & ${TINT};
  if (tint > 0) return texelFetch(colourTable, ivec2(tint - 1, 1), 0).rgb;
  if (colourKind == STRUCTURE) return texelFetch(colourTable, ivec2(int(value), 0), 0).rgb;
  if (colourKind == CONTINUOUS) {
    if (isMissing(value) || (logarithmic && value <= 0.0)) return missingColour;
    if (value < range.x) return belowColour;
    if (value > range.y) return aboveColour;
    vec2 ends = logarithmic ? log(range) : range;
    float width = ends.y - ends.x;
    float along = logarithmic ? log(value) : value;
    float fraction = width > 0.0 ? clamp((along - ends.x) / width, 0.0, 1.0) : 0.5;
    return texture(colourTable, vec2((fraction * 255.0 + 0.5) / 256.0, 0.25)).rgb;
  }
  return plainColour;
}

void hide() {
  gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
  gl_PointSize = 0.0;
}

#ifndef MARKED
const float MOST_TILES = 4.0;

/** Whether what was drawn before hides every pixel of a sprite whose nearest point lies at nearestDepth. */
bool isBehind(vec2 middle, float halfSize, float nearestDepth) {
  if (tilePixels == 0.0) return false;
  vec2 from = max(floor((middle - halfSize) / tilePixels), 0.0);
  vec2 to = min(floor((middle + halfSize) / tilePixels), tileCount - 1.0);
  if (max(to.x - from.x, to.y - from.y) >= MOST_TILES) return false;
  float nearest = 0.5 * nearestDepth + 0.5;
  for (float y = from.y; y <= to.y; y++) {
    for (float x = from.x; x <= to.x; x++) {
      if (texelFetch(tiles, ivec2(x, y), 0).r >= nearest) return false;
    }
  }
  return true;
}
#endif

void main() {
  bool shown = true;
#ifdef CUT
  // Of the sphere that crops the model the centres count, of a slab whatever reaches into it.
  shown = ball.w == 0.0 || distance(position, ball.xyz) <= ball.w;
  for (int k = 0; k < slabCount; k++) {
    float along = dot(position, slabNormals[k]);
    shown = shown && along + radius >= slabRanges[k].x && along - radius <= slabRanges[k].y;
  }
#endif
#ifndef MARKED
  shown = shown && ((visibleTypes >> int(type)) & 1) == 1;
#endif
  if (!shown) {
    hide();
    return;
  }

  vec3 centre = (viewMatrix * vec4(position, 1.0)).xyz;
  float nearest = centre.z + radius;
#ifdef MARKED
  nearest += RING_LIFT * radius;
#endif
  vec2 perUnit = vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
  vec2 halfView = 0.5 * viewport;
#ifdef PERSPECTIVE
  if (centre.z + radius > -0.1) {
    hide();
    return;
  }
  nearest = min(nearest, -0.1);
  // The sphere's outline between its tangents from the eye, for x and y at once.
  float depth = -centre.z;
  float within = depth * depth - radius * radius;
  vec2 spread = radius * sqrt(centre.xy * centre.xy + within) / within;
  vec2 middle = centre.xy * depth / within * perUnit;
  vec2 reach = spread * perUnit * halfView;
  float nearestDepth = (projectionMatrix[2][2] * nearest + projectionMatrix[3][2]) / -nearest;
#else
  vec2 middle = centre.xy * perUnit;
  vec2 reach = radius * perUnit * halfView;
  float nearestDepth = projectionMatrix[2][2] * nearest + projectionMatrix[3][2];
#endif
  vPixel = (middle + 1.0) * halfView;
  vPixelRadius = max(reach.x, reach.y);
  float halfSize = vPixelRadius;
#ifdef MARKED
  halfSize = ringRadius(vPixelRadius, ringPixels) + ringPixels;
#endif

  // The nearest point of the sphere: no pixel of it is nearer, which is what depth_greater promises.
  nearestDepth = max(nearestDepth, -1.0);

  // What of the sprite lies in the block: points beyond it may be dropped whole, and no point may be larger.
  vec2 from = max(vPixel - halfSize - 0.5, blockFrom);
  vec2 to = min(vPixel + halfSize + 0.5, blockTo);
  if (any(greaterThanEqual(from, to))) {
    hide();
    return;
  }
#ifndef MARKED
  if (isBehind(vPixel - windowFrom, halfSize + 1.0, nearestDepth)) {
    hide();
    return;
  }
#endif

  vCentre = centre;
  vColour = dataColour();
  vCue = cueStrength * clamp((centre.z - cueRange.x) / (cueRange.y - cueRange.x), 0.0, 1.0);
  gl_Position = vec4((from + to - 2.0 * windowFrom) / windowSize - 1.0, nearestDepth, 1.0);
  gl_PointSize = max(to.x - from.x, to.y - from.y);
}
`;

export const FRAGMENT = /* glsl */ `
#ifdef GL_EXT_conservative_depth
#extension GL_EXT_conservative_depth : enable
#endif
precision highp float;
precision highp int;

#ifdef GL_EXT_conservative_depth
layout(depth_greater) out highp float gl_FragDepth;
#endif
layout(location = 0) out vec4 result;
${RING}
uniform mat4 projectionMatrix;
uniform vec2 viewport;
uniform float radius;
uniform vec3 background;
uniform vec3 ringColour;
uniform float ringPixels;
uniform mat4 viewMatrix;
uniform int slabCount;
uniform vec3 slabNormals[${MOST_SLABS}];
uniform vec2 slabRanges[${MOST_SLABS}];
uniform vec2 windowFrom;

flat in vec3 vCentre;
flat in vec2 vPixel;
flat in float vPixelRadius;
flat in vec3 vColour;
flat in float vCue;

// A lamp just above and left of the viewer.
const vec3 LAMP = vec3(-0.28, 0.38, 0.88);

#ifdef PERSPECTIVE
const float FRONT = -0.1;
#else
const float FRONT = 1e30;
#endif

float windowDepth(float z) {
  float clip = projectionMatrix[2][2] * z + projectionMatrix[3][2];
#ifdef PERSPECTIVE
  clip /= -z;
#endif
  return 0.5 * clip + 0.5;
}

#ifdef CUT
/**
 * Of the stretch of a ray that lies in the sphere, keep what lies between the planes of every slab. Where a plane is met
 * first, its cut is seen: flat, as wide as the sphere is there. False if nothing is left.
 */
bool cut(vec3 origin, vec3 ray, float near, float far, inout vec3 normal, inout float facing, inout float z) {
  for (int k = 0; k < slabCount; k++) {
    vec3 across = mat3(viewMatrix) * slabNormals[k];
    float start = dot(across, origin - viewMatrix[3].xyz);
    float rate = dot(across, ray);
    if (abs(rate) < 1e-6) {
      if (start < slabRanges[k].x || start > slabRanges[k].y) return false;
      continue;
    }
    vec2 met = (slabRanges[k] - start) / rate;
    float enter = min(met.x, met.y);
    far = min(far, max(met.x, met.y));
    if (enter > near) {
      near = enter;
      normal = rate > 0.0 ? -across : across;
      facing = abs(rate);
      z = origin.z + near * ray.z;
    }
  }
  return near < far;
}
#endif

/** What the ray of this pixel meets of the sphere: normal, how squarely it faces the viewer, and where; false if it misses. */
bool meet(vec2 pixel, out vec3 normal, out float facing, out float z) {
#ifdef PERSPECTIVE
  vec2 view = pixel / (0.5 * viewport) - 1.0;
  vec3 ray = normalize(vec3(view.x / projectionMatrix[0][0], view.y / projectionMatrix[1][1], -1.0));
  float middle = dot(ray, vCentre);
  vec3 offset = vCentre - middle * ray;
  float rest = radius * radius - dot(offset, offset);
  if (rest < 0.0) return false;
  normal = ((middle - sqrt(rest)) * ray - vCentre) / radius;
  facing = -dot(normal, ray);
  z = vCentre.z + radius * normal.z;
#ifdef CUT
  return cut(vec3(0.0), ray, middle - sqrt(rest), middle + sqrt(rest), normal, facing, z);
#endif
#else
  vec2 offset = (pixel - vPixel) / vPixelRadius;
  float rest = 1.0 - dot(offset, offset);
  if (rest < 0.0) return false;
  facing = sqrt(rest);
  normal = vec3(offset, facing);
  z = vCentre.z + radius * normal.z;
#ifdef CUT
  vec3 origin = vec3(vCentre.xy + radius * offset, vCentre.z);
  float deep = radius * facing;
  return cut(origin, vec3(0.0, 0.0, -1.0), -deep, deep, normal, facing, z);
#endif
#endif
  return true;
}

vec3 shade(vec3 colour, vec3 normal, float facing) {
  float light = 0.55 + 0.45 * max(dot(normal, LAMP), 0.0);
  float rim = mix(0.66, 1.0, smoothstep(0.0, 0.6, facing));
  return mix(colour * light * rim, background, vCue);
}

void write(vec3 colour, float depth) {
  gl_FragDepth = depth;
  result = vec4(colour, 1.0);
}

void main() {
  vec2 pixel = gl_FragCoord.xy + windowFrom;
  vec3 normal;
  float facing;
  float z;
  if (meet(pixel, normal, facing, z)) {
    write(shade(vColour, normal, facing), windowDepth(z));
    return;
  }
#ifdef MARKED
  // A ring edged in the background colour, lifted towards the viewer so that neighbours do not cut it.
  float outer = ringRadius(vPixelRadius, ringPixels);
  float thickness = ringThickness(vPixelRadius, ringPixels);
  float fromRing = abs(length(pixel - vPixel) - outer + 0.5 * thickness) - 0.5 * thickness;
  if (fromRing > 0.5 * ringPixels) discard;
  write(fromRing < 0.0 ? ringColour : background, windowDepth(min(vCentre.z + (1.0 + RING_LIFT) * radius, FRONT)));
#else
  discard;
#endif
}
`;
