/** Lines of a width in pixels; each a rectangle about its ends, of which the pixels near the line are kept. */
export const LINES_VERTEX = /* glsl */ `
precision highp float;
in vec3 position;
in vec3 other;
/** Which end of the line (0 or 1), and which side of it (-1 or 1). */
in vec2 place;

uniform mat4 viewMatrix;
uniform mat4 projectionMatrix;
uniform vec2 pictureSize;
uniform vec2 windowFrom;
uniform vec2 windowSize;
uniform float pixelRatio;
uniform float lineWidth;

flat out vec3 vFrom;
flat out vec3 vTo;
flat out float vHalf;

/** Pixel of the picture and window depth. */
vec3 seen(vec4 view) {
  vec4 clip = projectionMatrix * view;
  vec3 device = clip.xyz / clip.w;
  return vec3(0.5 * (device.xy + 1.0) * pictureSize, 0.5 * device.z + 0.5);
}

void main() {
  bool second = place.x > 0.5;
  vec4 start = viewMatrix * vec4(second ? other : position, 1.0);
  vec4 end = viewMatrix * vec4(second ? position : other, 1.0);
#ifdef PERSPECTIVE
  // What lies behind the eye has no place in the picture.
  const float FRONT = -0.1;
  if (start.z > FRONT && end.z > FRONT) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  if (start.z > FRONT) start = mix(start, end, (start.z - FRONT) / (start.z - end.z));
  if (end.z > FRONT) end = mix(end, start, (end.z - FRONT) / (end.z - start.z));
#endif
  vFrom = seen(start);
  vTo = seen(end);
  vHalf = 0.5 * max(1.0, lineWidth * pixelRatio);
  vec2 along = vTo.xy - vFrom.xy;
  along = length(along) > 1e-3 ? normalize(along) : vec2(1.0, 0.0);
  vec2 across = vec2(-along.y, along.x);
  vec2 pixel = (second ? vTo.xy : vFrom.xy) + (vHalf + 1.0) * (place.y * across + (second ? 1.0 : -1.0) * along);
  gl_Position = vec4(2.0 * (pixel - windowFrom) / windowSize - 1.0, 0.0, 1.0);
}
`;

export const LINES_FRAGMENT = /* glsl */ `
precision highp float;

uniform vec2 windowFrom;
uniform vec3 lineColour;

flat in vec3 vFrom;
flat in vec3 vTo;
flat in float vHalf;

layout(location = 0) out vec4 result;

void main() {
  vec2 pixel = gl_FragCoord.xy + windowFrom;
  vec2 along = vTo.xy - vFrom.xy;
  float share = clamp(dot(pixel - vFrom.xy, along) / max(dot(along, along), 1e-6), 0.0, 1.0);
  if (distance(pixel, vFrom.xy + share * along) > vHalf) discard;
  gl_FragDepth = mix(vFrom.z, vTo.z, share);
  result = vec4(lineColour, 1.0);
}
`;
