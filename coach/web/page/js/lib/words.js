/** Words for people: the catalogue's texts with their placeholders filled in, as Python's `str.format` would. */

const PLACEHOLDER = /\{\{|\}\}|\{([a-z_0-9]+)(?::(\+?)\.(\d)f)?\}/g;

/**
 * @param {string} text
 * @param {import("./types.js").Values} values
 * @param {string} decimal  the language's decimal sign
 */
export function fill(text, values, decimal) {
  return text.replace(PLACEHOLDER, (whole, name, sign, digits) => {
    if (whole === "{{" || whole === "}}") return whole[0];
    const value = values[name];
    if (value === undefined || value === null) return "–";
    return typeof value === "number" ? (sign && value >= 0 ? sign : "") + number(value, digits, decimal) : value;
  });
}

/** Why a step is not rated though the camera saw the hands. @param {{reason: {key: string}}} item */
export const untold = (item) => UNTOLD.includes(item.reason.key);
const UNTOLD = ["either", "rest", "unclear", "count_unclear", "duration_unclear", "hold_unclear", "hold_blurred", "hold_since_strokes", "back_shape"];

/** @param {number} value @param {string | undefined} digits @param {string} decimal */
function number(value, digits, decimal) {
  if (digits !== undefined) return fixed(value, Number(digits)).replace(".", decimal);
  if (Number.isInteger(value)) return String(value);
  return (Math.abs(value) < 1000 ? String(Number(value.toPrecision(3))) : fixed(value, 0)).replace(".", decimal);
}

/** Ties go to the even digit, as the printed sheet's do. @param {number} value @param {number} digits */
function fixed(value, digits) {
  const scaled = value * 10 ** digits;
  const tie = Math.abs(scaled % 1) === 0.5 && (2 * scaled) % 5 ** digits === 0; // else it is one of rounding only
  return (tie ? (2 * Math.round(scaled / 2)) / 10 ** digits : value).toFixed(digits);
}

/** A range like "5–6" stays on one line: browsers break after the dash. @param {string} text */
const unbroken = (text) => text.replace(/(\d–)(?=\d)/g, "$1\u2060");

const POINTS = new Set(["point", "instead", "points", "seen", "expected"]); // values that may be points of a hold
/** Hints that tell a count, where each side has its own: theirs is the smaller one. */
const SIDED = new Map([["hint_more", "hint_more_side"], ["hint_more_before", "hint_more_before_side"]]);
const SEGMENTS = new Set(["before", "strokes", "other", "segment"]);

/** The catalogue of one language, and the protocol's own names in it. */
export class Words {
  /** @param {import("./types.js").Config} config @param {import("./types.js").Lang} lang */
  constructor(config, lang) {
    this.lang = lang;
    this.texts = config.messages[lang];
    this.protocol = config.protocol;
    this.decimal = this.texts.decimal_sign ?? ".";
    this.segments = new Map(config.protocol.segments.map((segment) => [segment.id, segment]));
  }

  /** @param {string | null | undefined} key */
  has(key) {
    return key != null && key in this.texts;
  }

  /** The text of a key. @param {string} key @param {import("./types.js").Values} [values] */
  t(key, values = {}) {
    return unbroken(fill(this.texts[key] ?? key, values, this.decimal));
  }

  /** A title of the protocol file. @param {import("./types.js").Title | undefined} title */
  title(title) {
    return title ? title[this.lang] : "";
  }

  /** The name of a segment. @param {string | null | undefined} id */
  segment(id) {
    return id == null ? "" : this.title(this.segments.get(id)?.title) || id;
  }

  /** The name of a point of a hold. @param {string | null} segment @param {string} id */
  point(segment, id) {
    const hold = this.segments.get(segment ?? "")?.hold;
    const found = [...(hold?.points ?? []), ...(hold?.confusable ?? [])].find((point) => point.id === id);
    return found ? this.title(found.title) : id;
  }

  /** A hint or the like, with ids replaced by names. @param {import("./types.js").Said} said @param {string | null} [segment] */
  said(said, segment = null) {
    return sentence(this.t(said.key, this.named(said, segment)));
  }

  /**
   * What a hint says; the name of its step comes first where another one is shown whose points may have the same names.
   * @param {import("./types.js").Said & {segment?: string | null}} hint @param {string | null} now  the step that is shown
   */
  hint(hint, now) {
    const of = hint.segment ?? now;
    const sided = this.segments.get(of ?? "")?.count?.per === "side" ? SIDED.get(hint.key) : undefined;
    const told = this.said({ ...hint, key: sided ?? hint.key }, of);
    return of !== now && this.blurred(hint, of) ? this.t("of_step", { segment: this.segment(of), told }) : told;
  }

  /** Whether it names a point whose name is another step's too. @param {import("./types.js").Said} said @param {string | null} of */
  blurred({ values = {} }, of) {
    const named = Object.entries(values).filter(([name, value]) => POINTS.has(name) && typeof value === "string");
    const points = named.flatMap(([, ids]) => String(ids).split(",").map((id) => this.point(of, id.trim())));
    const others = this.protocol.segments.filter(({ id, hold }) => id !== of && hold);
    return others.some(({ hold }) => hold?.points.concat(hold.confusable).some(({ title }) => points.includes(this.title(title))));
  }

  /** A sentence that the server wrote in both languages. @param {{text?: Record<import("./types.js").Lang, string>}} entry */
  written(entry) {
    return unbroken(entry.text?.[this.lang] ?? "");
  }

  /** The values with the ids of segments, points and hands replaced by their names. @param {import("./types.js").Said} said @param {string | null} segment */
  named(said, segment) {
    /** @type {import("./types.js").Values} */
    const values = {};
    for (const [name, value] of Object.entries(said.values ?? {})) {
      if (typeof value !== "string") values[name] = value;
      else if (SEGMENTS.has(name)) values[name] = this.segment(value);
      else if ((name === "hand" || /hands_wrong$/.test(said.key)) && this.has(`hand_${value}`)) values[name] = this.t(`hand_${value}`);
      else if (POINTS.has(name)) values[name] = value.split(",").map((id) => this.point(segment, id.trim())).join(", ") || "–";
      else values[name] = value;
    }
    return values;
  }
}

/** @param {string} text */
const sentence = (text) => text.slice(0, 1).toUpperCase() + text.slice(1);
