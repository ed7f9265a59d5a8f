/** A notice: a message about one change, on its way to somebody. */
export interface Notice {
  /** The same notice delivered twice has the same id: a channel that can, shows it once. */
  readonly id: string;
  /** `verdict-changed`, … */
  readonly kind: string;
  /** The instant it speaks of (ISO 8601). */
  readonly at: string;
  /** The owner, as the appetite names them: an e-mail address, or a name. */
  readonly to: string;
  /** ASCII, under 100 characters, no line break. */
  readonly subject: string;
  readonly text: string;
}
