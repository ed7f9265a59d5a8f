/** How a home on AWS tells people what became of exceptions; whom nothing reaches, the operator hears of. */
import { unreachedNotice } from '../../lib/core/notices/unreached-notice.ts';
import type { JudgedEvidence } from '../../lib/core/register/judged-evidence.ts';
import { type TellingOperator, tellOperator } from '../../lib/pipeline/announce/tell-operator.ts';
import { tellExceptionHandlers } from '../../lib/pipeline/exceptions/tell-exception.ts';
import type { Post } from '../../lib/pipeline/ports/post.ts';
import type { WorkHandlers } from '../../lib/pipeline/work/run-work.ts';
import { OPERATORS_HOME } from './operators-home.ts';

interface Parts extends TellingOperator {
  readonly appetite: () => Promise<JudgedEvidence['appetite']>;
  readonly post: Post;
}

export function tellingExceptions({ appetite, post, ...telling }: Parts): WorkHandlers {
  return tellExceptionHandlers(async () => ({
    ...{ register: telling.register, appetite: (await appetite()).value, post },
    onUnreached: async ({ subject }, to) => {
      const unreached = { what: subject, who: [to], at: telling.now().toISOString(), home: OPERATORS_HOME };
      await tellOperator(unreachedNotice(unreached), telling);
    },
  }));
}
