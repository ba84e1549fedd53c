"""The shader programs' text."""

from __future__ import annotations

_NOISE = """
float hash(vec3 p) { p = fract(p * 0.3183099 + 0.1); p *= 17.0; return fract(p.x * p.y * p.z * (p.x + p.y + p.z)); }
float noise(vec3 p) {
    vec3 i = floor(p); vec3 f = fract(p); f = f * f * (3.0 - 2.0 * f);
    return mix(mix(mix(hash(i), hash(i + vec3(1,0,0)), f.x),
                   mix(hash(i + vec3(0,1,0)), hash(i + vec3(1,1,0)), f.x), f.y),
               mix(mix(hash(i + vec3(0,0,1)), hash(i + vec3(1,0,1)), f.x),
                   mix(hash(i + vec3(0,1,1)), hash(i + vec3(1,1,1)), f.x), f.y), f.z);
}
"""

SCENE_VERTEX = """
#version 330
uniform mat4 u_camera; uniform mat4 u_light; uniform mat4 u_model;
in vec3 in_position; in vec3 in_normal; in vec3 in_rest; in vec4 in_kind;
out vec3 v_position; out vec3 v_normal; out vec3 v_rest; out vec4 v_kind; out vec4 v_shadow;
flat out int v_material; out float v_rough;
//NOISE
void main() {
    vec4 world = u_model * vec4(in_position, 1.0);
    v_position = world.xyz; v_normal = mat3(u_model) * in_normal; v_rest = in_rest; v_kind = in_kind;
    v_material = int(in_kind.x + 0.5);
    v_rough = noise(in_rest * 38.0);
    v_shadow = u_light * (world + vec4(v_normal * 0.004, 0.0));
    gl_Position = u_camera * world;
}
"""

SCENE_FRAGMENT = """
#version 330
uniform sampler2DShadow u_shadow; uniform sampler2DShadow u_fixed_shadow;
uniform vec3 u_eye; uniform vec3 u_to_light; uniform vec3 u_key; uniform vec3 u_sky; uniform vec3 u_ground;
uniform vec3 u_palette[8]; uniform float u_gloss; uniform vec4 u_hands[12]; uniform int u_hand_count;
uniform float u_pattern; uniform float u_belt;
in vec3 v_position; in vec3 v_normal; in vec3 v_rest; in vec4 v_kind; in vec4 v_shadow;
flat in int v_material; in float v_rough;
out vec4 f_colour;
//NOISE
void main() {
    vec3 n = normalize(v_normal); vec3 eye = normalize(u_eye - v_position);
    if (dot(n, eye) < 0.0) n = -n;
    int kind = v_material;
    if (kind < 2 && v_rest.y < u_belt + 0.25 * abs(v_rest.x)) kind = 2;
    vec3 colour = u_palette[kind];
    float rough = v_rough, fine = hash(floor(v_rest * 260.0));
    float gloss = 0.0;
    if (kind == 0 || kind == 4) {
        colour *= 0.94 + 0.09 * rough + 0.06 * fine;
        colour = mix(colour, colour * vec3(0.70, 0.60, 0.56), 0.45 * v_kind.z);
        colour = mix(colour, mix(colour, vec3(0.80, 0.52, 0.42), 0.45), v_kind.y);
        colour = mix(colour, mix(colour, vec3(0.72, 0.46, 0.36), 0.40), v_kind.w);
        gloss = u_gloss;
    } else if (kind == 3) {
        colour *= 0.5 + 0.9 * noise(vec3(v_rest.x * 300.0, v_rest.y * 40.0, v_rest.z * 40.0));
        gloss = 0.1;
    } else if (kind == 1) {
        colour *= 0.92 + 0.10 * rough;
        float flower = u_pattern > 0.0 ? smoothstep(0.58, 0.62, noise(v_rest * 30.0 + 4.0)) : 0.0;
        colour = mix(colour, colour * 0.45 + vec3(0.10, 0.07, 0.02), flower * u_pattern);
    } else {
        colour *= 0.86 + 0.14 * hash(floor(v_rest * 90.0)) + 0.10 * fine;
    }
    float facing = max(dot(n, u_to_light), 0.0);
    vec3 at = v_shadow.xyz / v_shadow.w * 0.5 + 0.5;
    float lit = 0.0;
    for (int i = 0; i < 4; i++) {
        vec2 shift = vec2(float(i % 2) - 0.5, float(i / 2) - 0.5) * 0.0016;
        vec3 place = vec3(at.xy + shift, at.z - 0.0015);
        lit += texture(u_shadow, place) * texture(u_fixed_shadow, place) * 0.25;
    }
    if (at.x < 0.0 || at.x > 1.0 || at.y < 0.0 || at.y > 1.0) lit = 1.0;
    float open = 1.0;
    if (kind < 2)
        for (int i = 0; i < u_hand_count; i++) {
            vec3 to = u_hands[i].xyz - v_position; float d2 = dot(to, to) + 1e-6;
            float r2 = u_hands[i].w * u_hands[i].w;
            open *= 1.0 - 0.55 * clamp(dot(n, to) * inversesqrt(d2), 0.0, 1.0) * r2 / (d2 + r2);
        }
    vec3 ambient = mix(u_ground, u_sky, 0.5 + 0.5 * n.y) * open;
    float wrap = kind == 0 || kind == 4 ? max((dot(n, u_to_light) + 0.25) / 1.25, 0.0) : facing;
    vec3 light = ambient + u_key * wrap * lit;
    vec3 halfway = normalize(u_to_light + eye);
    float shine = gloss * pow(max(dot(n, halfway), 0.0), 28.0) * lit;
    float rim = 0.06 * pow(1.0 - max(dot(n, eye), 0.0), 3.0);
    vec3 result = colour * (light + rim) + shine * u_key;
    f_colour = vec4(pow(clamp(result, 0.0, 1.0), vec3(1.0 / 2.2)), 1.0);
}
"""

DEPTH_VERTEX = """
#version 330
uniform mat4 u_camera; uniform mat4 u_model;
in vec3 in_position;
void main() { gl_Position = u_camera * u_model * vec4(in_position, 1.0); }
"""

DEPTH_FRAGMENT = """
#version 330
void main() {}
"""

SCENE_VERTEX = SCENE_VERTEX.replace("//NOISE", _NOISE)
SCENE_FRAGMENT = SCENE_FRAGMENT.replace("//NOISE", _NOISE)
