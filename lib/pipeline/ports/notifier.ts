/** A channel that takes notices to people. */
export interface Notice {
  /** The same notice delivered twice has the same id: a channel that can, shows it once. */
  readonly id: string;
  /** `verdict-changed`, … */
  readonly kind: string;
  /** The instant it speaks of (ISO 8601). */
  readonly at: string;
  readonly to: string;
  /** ASCII, under 100 characters, no line break. */
  readonly subject: string;
  readonly text: string;
}

export interface Notifier {
  readonly name: string;
  /** @throws CavendishError `unavailable` where the channel did not accept it: it stays owed */
  deliver(notice: Notice): Promise<void>;
}
