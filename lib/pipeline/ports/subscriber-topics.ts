/** The way to each subscriber that was made by a command: a topic of their own, and their address on it. */
export interface SubscriberTopics {
  /** The topic of that name, there or not. */
  arnOf(name: string): string;
  /**
   * Makes the topic where it is missing, and asks the address to confirm that it wants its mail; one that did is not
   * asked again.
   *
   * @throws CavendishError `bad-input` where the address is refused, `limit-exceeded`, `unavailable`
   */
  make(subscriber: { readonly name: string; readonly address: string }): Promise<void>;
  /** Takes topic and subscription away; what is not there is no failure. @throws CavendishError `unavailable` */
  remove(name: string): Promise<void>;
}
