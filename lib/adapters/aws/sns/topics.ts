/** SNS topics: one message for all who are subscribed to one. */
import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';

import { CavendishError } from '../../../core/errors/error.ts';
import type { TopicMessage, Topics } from '../../../pipeline/ports/topics.ts';
import { askAws } from '../failures.ts';

/** "Messages must be … at most 262,144 bytes" (Publish); attributes count too. */
const MOST_BYTES = 262_144;
/** Publish, `Subject`: ASCII that begins with a letter, number or punctuation, under 100 characters, no controls. */
const SUBJECT = /^[!-~][ -~]{0,98}$/u;

/** As the SDK names it, and as the wire does. */
const NOT_FOUND = new Set(['NotFoundException', 'NotFound']);

export function snsTopics(client: SNSClient): Topics {
  return {
    async publish(message) {
      check(message);
      const { topicArn, subject, text, attributes } = message;
      const command = new PublishCommand({
        TopicArn: topicArn,
        Subject: subject,
        Message: text,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
        ),
      });
      const { MessageId: id } = await askTopic(topicArn, 'sns:Publish', () => client.send(command));
      if (id !== undefined) return id;
      throw new CavendishError('unavailable', `SNS named no message of ${topicArn}: it is not known to be accepted`);
    },
  };
}

/** @throws CavendishError `not-found`, `unavailable` */
export async function askTopic<T>(topicArn: string, action: string, ask: () => Promise<T>): Promise<T> {
  return await askAws(action, async () => {
    try {
      return await ask();
    } catch (error) {
      if (!Error.isError(error) || !NOT_FOUND.has(error.name)) throw error;
      throw new CavendishError('not-found', `SNS has no topic ${topicArn}`, {
        next: 'Name a topic that is there in the configuration of the subscriber, and deploy again.',
        cause: error,
      });
    }
  });
}

function check({ topicArn, subject, text, attributes }: TopicMessage): void {
  if (!SUBJECT.test(subject)) {
    throw new CavendishError('bad-input', `"${subject}" is no subject for SNS: printable ASCII, under 100 characters`);
  }
  const rest = Object.entries(attributes).flatMap(([name, value]) => [name, 'String', value]);
  const bytes = [text, ...rest].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (bytes > MOST_BYTES) {
    throw new CavendishError('limit-exceeded', `a message to ${topicArn} has ${bytes} bytes, SNS takes ${MOST_BYTES}`);
  }
}
