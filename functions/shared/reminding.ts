/** How a home on AWS reminds: by the topic of whoever it is for, with a timer for what comes next. */
import { unreachedNotice } from '../../lib/core/notices/unreached-notice.ts';
import type { JudgedEvidence } from '../../lib/core/register/judged-evidence.ts';
import { tellOperator } from '../../lib/pipeline/announce/tell-operator.ts';
import { topicPost, type TopicPosting } from '../../lib/pipeline/announce/topic-post.ts';
import type { Timers } from '../../lib/pipeline/ports/timers.ts';
import { readDated } from '../../lib/pipeline/reminders/read-dated.ts';
import type { Reminding } from '../../lib/pipeline/reminders/remind.ts';
import { OPERATORS_HOME } from './operators-home.ts';

interface Parts extends TopicPosting {
  readonly appetite: () => Promise<JudgedEvidence['appetite']>;
  readonly timers: Timers;
}

/** @throws CavendishError `bad-input` where the appetite is not right: nobody is reminded before it is */
export function remindingOf(parts: Parts): () => Promise<Reminding & { readonly timers: Timers }> {
  const { register, timers } = parts;
  const post = topicPost(parts);
  return async () => {
    const { value } = await parts.appetite();
    return {
      ...{ register, timers, post, appetite: value },
      dated: (ladder) => readDated(ladder, { register, appetite: value }),
      onUnreachable: async ({ title }, _rung, who, at) => {
        await tellOperator(unreachedNotice({ what: `a reminder: ${title}`, who, at, home: OPERATORS_HOME }), parts);
      },
    };
  };
}
