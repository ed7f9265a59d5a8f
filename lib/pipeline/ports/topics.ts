/** Topics: each takes messages to the people of one subscriber. */
export interface TopicMessage {
  readonly topicArn: string;
  /** Printable ASCII, under 100 characters. */
  readonly subject: string;
  /** At most 256 KiB of UTF-8. */
  readonly text: string;
  /** For filters of subscriptions. */
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Topics {
  /**
   * @returns what the channel calls the message
   * @throws CavendishError `not-found` where there is no such topic, `unavailable` where it did not
   *   accept the message, `limit-exceeded` where the message is too large for it
   */
  publish(message: TopicMessage): Promise<string>;
}

export interface TopicSubscription {
  /** `email`, `sqs`, `https`, … */
  readonly protocol: string;
  readonly endpoint: string;
  /** False while it waits for the reader's click: nothing is delivered to it. */
  readonly confirmed: boolean;
}

export interface TopicSubscriptions {
  /** @throws CavendishError `not-found` where there is no such topic, `unavailable` */
  of(topicArn: string): AsyncIterable<TopicSubscription>;
}
