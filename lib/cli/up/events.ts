/** What happens in a running home, for those who watch: people on a terminal, programs as lines of JSON. */
import type { Digest } from '../../core/image/digest.ts';
import type { Notice } from '../../core/notices/notice.ts';
import type { Assessment } from '../../core/register/assessment.ts';
import type { AgainHappened } from '../../pipeline/judge-again/again-handlers.ts';
import type { Step } from '../../pipeline/judge-image/judge-image.ts';
import type { RefreshedFeed } from '../../pipeline/refresh-feeds/refresh-feeds.ts';

export type UpEvent =
  | {
      readonly event: 'up';
      readonly registry: string;
      readonly data: string;
      readonly appetite: string;
      readonly waiting: number;
      /** Work that failed for good and is kept. */
      readonly setAside: number;
    }
  | { readonly event: 'sample'; readonly message: string }
  | {
      readonly event: 'push';
      readonly repository: string;
      readonly tag: string | null;
      readonly digest: Digest;
      readonly images: number;
      readonly skipped: readonly string[];
    }
  | ({ readonly event: 'step' } & Step)
  | {
      readonly event: 'verdict';
      readonly assessment: Assessment;
      readonly id: Digest;
      readonly announced: boolean;
      /** It was judged before this start. */ readonly before?: boolean;
    }
  | ({ readonly event: 'again' } & AgainHappened)
  | { readonly event: 'unchanged'; readonly work: string }
  /** Through no channel: it waits for a round-up. */
  | { readonly event: 'notice'; readonly notice: Notice; readonly channels: readonly string[] }
  | { readonly event: 'trouble'; readonly message: string; readonly next: string }
  | ({ readonly event: 'feed' } & RefreshedFeed)
  | { readonly event: 'hint'; readonly lines: readonly string[] }
  | { readonly event: 'end' };

export type Watch = (event: UpEvent) => void;
