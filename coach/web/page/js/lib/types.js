/**
 * What travels between the server and the page. Places `[x, y]` are px of the picture unless "back" is said.
 *
 * @typedef {[number, number]} Place
 * @typedef {"id" | "en"} Lang
 * @typedef {{id: string, en: string}} Title
 * @typedef {"left" | "right"} Hand
 * @typedef {Record<string, string | number | null>} Values
 *
 * @typedef {object} SeenHand
 * @property {Hand | null} hand  the practitioner's own; null while it is not known
 * @property {Place[]} px  21 landmarks
 * @property {boolean} bridged  carried over by optical flow
 *
 * @typedef {object} Frame
 * @property {number} n
 * @property {number} time_s
 * @property {number} w
 * @property {number} h
 * @property {SeenHand[]} hands
 * @property {Place[] | null} back  corners (0,0) (1,0) (1,1) (0,1)
 * @property {number} fps
 *
 * @typedef {object} Point
 * @property {string} id
 * @property {Place} at  back
 * @property {Hand | null} hand
 * @property {Title} title
 *
 * @typedef {object} Segment  a step of the protocol file
 * @property {string} id
 * @property {string} part
 * @property {Title} title
 * @property {Title | null} how  how it is done, in plain words
 * @property {"stroke" | "pass" | "curve" | "circle" | "hold"} primitive
 * @property {"right" | "left" | "either" | "together" | "alternating"} hands
 * @property {Place[] | null} path  back, for the right hand
 * @property {{centre: Place, radii: Place} | null} circle  back
 * @property {boolean} mirrored
 * @property {number | null} circles_per_pass
 * @property {{target: [number, number], per: string} | null} count
 * @property {{shortest_s: number, longest_s: number} | null} tempo
 * @property {{points: Point[], confusable: Point[], sequence: string, long_enough_s: number} | null} hold
 *
 * @typedef {object} Protocol
 * @property {string} id
 * @property {string} version
 * @property {Title} title
 * @property {{pass_mark: number, least_rated: number}} scoring
 * @property {{id: string, title: Title}[]} parts
 * @property {Segment[]} segments
 * @property {{id: string, when: string, title: Title}[]} manual
 *
 * @typedef {object} Clip
 * @property {string} clip
 * @property {Record<Lang, string>} text
 * @property {Lang[]} own  languages in which a trainer's own recording is kept
 *
 * @typedef {object} Config  what /api/practise gives, once
 * @property {string} software
 * @property {string} run  of the program
 * @property {Protocol} protocol
 * @property {Record<Lang, Record<string, string>>} messages
 * @property {string[]} safety
 * @property {Clip[]} clips
 * @property {Record<string, string>} demonstrations
 * @property {string[]} own_films  steps with a film of the trainer's own
 *
 * @typedef {{key: string, values?: Values}} Said
 *
 * @typedef {object} Step
 * @property {string} segment
 * @property {number} index
 * @property {number} of
 * @property {string} hands
 * @property {number} count
 * @property {[number, number] | null} target
 * @property {{left: number, right: number} | null} side
 * @property {{last_s: number | null, shortest_s: number, longest_s: number, state: "ok" | "fast" | "slow" | null} | null} tempo
 * @property {{point: string, held_s: number, needed_s: number, done: string[]} | null} hold
 * @property {boolean} done
 * @property {{took_s: number, low_s: number, high_s: number, rests: boolean} | null} [time]  of a step that is to go on for some time
 * @property {(Said & {segment: string}) | null} [flaw]  the mistake with which it has ended
 *
 * @typedef {"trace" | "alone" | "prove"} Stage
 *
 * @typedef {object} LearnedStep
 * @property {"new" | "practised" | "mastered" | "repeat"} state
 * @property {number} in_row
 * @property {number} needed
 * @property {Stage} stage  how it is best practised now
 * @property {string | null} due
 *
 * @typedef {{steps?: Record<string, LearnedStep>, due?: string[], left?: {steps: string[], stage: Stage} | null}} Learned
 *
 * @typedef {object} Ghost
 * @property {number} period_s
 * @property {number} phase
 * @property {{left: Place[] | null, right: Place[] | null}} paths  back
 * @property {{left: Place | null, right: Place | null}} at  back
 * @property {number} [pace]  share of the full pace
 *
 * @typedef {object} ReportItem
 * @property {string} id
 * @property {string | null} segment
 * @property {string} kind
 * @property {number | null} points
 * @property {number} max_points
 * @property {"scored" | "not_visible" | "manual" | "not_applicable"} status
 * @property {{start_s: number, end_s: number}[]} evidence
 * @property {Said} reason
 * @property {Record<Lang, string>} [text]  the reason as a sentence
 *
 * @typedef {{state: string, reason: Said, text: Record<Lang, string>, scope: Record<Lang, string>}} VerdictOf  of a session
 *
 * @typedef {Said & {segment?: string | null, text?: Record<Lang, string>}} Advice
 *
 * @typedef {object} Result  coach.report/1 and the feedback
 * @property {ReportItem[]} items
 * @property {{points: number, max_points: number, percent: number | null, passed: boolean | null, left_out: number}} score
 * @property {VerdictOf} verdict
 * @property {Record<string, string>} [steps]  what each segment came to: right, partly_seen, improve, skipped, …
 * @property {{strength: Advice, improve: Advice}} [feedback]
 * @property {{mode: string, segment: string | null, pauses: number, paused_s: number, pain: "" | "over" | "ended"}} [practice]
 * @property {string | null} [segment]  the only one that was practised
 * @property {string} [began]  local time, ISO
 * @property {string} [error]  a key, instead of everything else
 *
 * @typedef {object} State  everything that is visible
 * @property {"welcome" | "consent" | "setup" | "practising" | "paused" | "stopped" | "finished"} phase
 * @property {boolean} agreed  the safety list was gone through for the person who is there
 * @property {"guided" | "free" | "exam"} mode
 * @property {Lang} lang
 * @property {{state: "ok" | "opening" | "lost" | "none", key: string | null, sample?: boolean, sampled?: boolean, browser?: boolean, changed?: boolean, moved?: boolean, name?: string, turn?: number, mirrored?: boolean}} camera  turn: quarter turns to the left by which it is shown
 * @property {"loading" | "ok" | "failed"} [tracker]
 * @property {{id: string, state: "ok" | "bad" | "unknown", key: string | null, values: Values}[]} setup
 * @property {string[]} [unseen_steps]  that coach will likely not see from where the camera stands
 * @property {{way: string | null, point: string | null, progress: number, hand?: "nothing" | "open" | "pointing" | null, points: Place[], guess: Place[] | null, body: Place[] | null, remembered?: boolean, marked?: boolean, anew?: boolean, vain?: boolean}} marking
 * @property {{layout: string | null, before?: string | null, asks_mirrored: boolean, cameras: {which: number, name: string, state: string, used: boolean}[] | null}} [place]
 * @property {Step | null} step
 * @property {string[]} done_segments
 * @property {Ghost | null} ghost
 * @property {(Said & {segment?: string | null}) | null} hint
 * @property {{key: string, since_s: number} | null} unseen
 * @property {{kind: string, corner: string, progress: number} | null} gesture
 * @property {{n: number, question: string, side: string}} [answer]  the newest that a palm gave
 * @property {{id: number, clip: string}[]} say
 * @property {Result | null} result
 * @property {number | null} [slow]  pictures a second, where they are too few
 * @property {{session: string | null, video?: boolean, video_lost?: boolean, no_person?: boolean, key?: string, values?: Values} | null} saved
 * @property {boolean} [busy]  the result is being made
 * @property {string} [code]  whose session it is
 * @property {boolean} [sheet]  the result of the whole can be shown again
 * @property {{steps: string[], stage: Stage}} [plan]  what is to be practised; all where there are no steps
 * @property {Learned} [learned]  how far the one who practises is
 * @property {"" | "event" | "visit"} [occasion]  what it is for
 * @property {string[]} [learners]  codes of who practised here
 * @property {Stage} [stage]
 * @property {string[]} [steps]  of this run
 * @property {string[]} [flawed]  done, but with a mistake
 * @property {string | null} [next]  the step after this one
 * @property {number} fading  0: all guidance, 1: none
 */
export {};
