/**
 * What the review page gets from the server. Times are seconds of the video; places are px unless "back" is said.
 *
 * @typedef {import("../lib/types.js").Place} Place
 * @typedef {import("../lib/types.js").Title} Title
 * @typedef {import("../lib/types.js").Lang} Lang
 * @typedef {import("../lib/types.js").Hand} Hand
 * @typedef {import("../lib/types.js").ReportItem} ReportItem
 * @typedef {import("../lib/types.js").Protocol} Protocol
 *
 * @typedef {{start_s: number, end_s: number}} Span
 * @typedef {Span & {hand: Hand | "both", whole: boolean, returned_s?: number | null}} Repetition
 * @typedef {Span & {point: string, hand: Hand, off?: number | null}} Hold
 * @typedef {Span & {id: string, count: number, repetitions: Repetition[], partial: Repetition[], holds: Hold[]}} Match
 *
 * @typedef {object} Report  coach.report/1
 * @property {Match[]} segments
 * @property {ReportItem[]} items
 * @property {import("../lib/types.js").Result["practice"]} [practice]  of live practice
 * @property {{points: number, max_points: number, percent: number | null, passed: boolean | null, left_out: number}} score
 * @property {import("../lib/types.js").VerdictOf} verdict
 * @property {string[]} [scope]  ids of the parts that are rated
 * @property {{later?: {from_s: number}[]}} [back]  later: from when on it is marked anew
 *
 * @typedef {object} Note
 * @property {string} event
 * @property {number} at_s
 * @property {string} text
 * @property {Place[][]} drawing  lines, px of the video
 *
 * @typedef {{do: string, [name: string]: any}} What  an event of coach.correct
 * @typedef {{id: string, made: string, author: string, event: What}} Happened
 * @typedef {{rater: string, blind: boolean, made: string, items: Record<string, number | null>}} Rating
 *
 * @typedef {object} Session  of GET /api/sessions/{id}
 * @property {Record<string, any>} row
 * @property {Place[]} corners
 * @property {[number, number]} size
 * @property {{url: string, frames: number, duration_s: number} | null} video
 * @property {boolean} has_tracks
 * @property {string} revision  another one after every change; empty to whoever rates blind
 * @property {Protocol & {digest: string, pass_mark: number, outcomes?: {id: string, title: Title}[]}} protocol
 * @property {Report | null} [machine]
 * @property {Report | null} [stands]
 * @property {{at_s: number, lost: boolean, text: Record<Lang, string>}[]} [moved]  when the camera was moved; lost: nobody knows where the back was from then on
 * @property {string[]} [by_trainer]
 * @property {string[]} [missed]
 * @property {Note[]} [notes]
 * @property {Record<string, boolean | null>} [outcomes]
 * @property {Record<string, Record<Lang, string>>} [words]
 * @property {Record<string, Title>} item_titles
 * @property {{id: string, title: Title, items: string[]}[]} checklist
 * @property {boolean} [blind_open]
 * @property {any} [feedback]
 * @property {Happened[]} [events]
 * @property {{id: string, made: string, software: string, percent: number | null, protocol_version: string}[]} [results]
 * @property {Rating[]} [ratings]
 * @property {any[]} [consents]
 *
 * @typedef {object} Act  something on the timeline that can be chosen and changed
 * @property {"segment" | "repetition" | "hold"} kind
 * @property {string} segment
 * @property {number} start_s
 * @property {number} end_s
 * @property {Hand | "both" | null} hand
 * @property {boolean} whole
 * @property {string | null} point
 * @property {Match} match  the segment it is or lies in
 *
 * @typedef {{code: string, name: string, role: string, posyandu: string}} Person
 * @typedef {{lang: Lang, messages: Record<Lang, Record<string, string>>, people: Person[], trainer: string, protocols?: {id: string, version: string, title: Title, file: string}[], demonstrations?: Record<string, string>}} About
 */
export {};
