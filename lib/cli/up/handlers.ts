/** Which use case runs which work of the outbox. */
import type { Placement } from '../../core/image/placement.ts';
import type { JudgedEvidence } from '../../core/register/judged-evidence.ts';
import { announceVerdict } from '../../pipeline/announce/announce-verdict.ts';
import { pacingBy } from '../../pipeline/announce/pacing.ts';
import { tellOwners } from '../../pipeline/announce/tell-owners.ts';
import type { Sending } from '../../pipeline/announce/tell-topic.ts';
import { IMAGE_PUSHED, intakePush } from '../../pipeline/intake-push/intake-push.ts';
import { againHandlers } from '../../pipeline/judge-again/again-handlers.ts';
import type { Step } from '../../pipeline/judge-image/judge-image.ts';
import {
  giveUpPlacement,
  JUDGE_PLACEMENT,
  type JudgedPlacement,
  judgePlacement,
} from '../../pipeline/judge-placement/judge-placement.ts';
import { adviser } from '../../pipeline/lineage/advise.ts';
import type { ImageSource } from '../../pipeline/ports/image-source.ts';
import type { Notifier } from '../../pipeline/ports/notifier.ts';
import { ANNOUNCE } from '../../pipeline/record-assessment/record-assessment.ts';
import { reminderHandlers } from '../../pipeline/reminders/plan-reminders.ts';
import { followersOf } from '../../pipeline/subscribers/read-subscribers.ts';
import type { WorkHandlers } from '../../pipeline/work/run-work.ts';
import { type Laptop, laptopPlacement } from '../compose/laptop.ts';
import { isListed } from '../compose/registry.ts';
import type { Watch } from './events.ts';
import { remindingHere } from './remind.ts';
import { tellingExceptions } from './telling-exceptions.ts';

/** Pages are judged one after the other, and the telling comes behind them: it only waits for what is tried again. */
const TELL_AGAIN_SECONDS = 1;

interface Parts {
  readonly laptop: Laptop;
  readonly appetite: JudgedEvidence['appetite'];
  readonly images: ImageSource;
  /** Where the embedded registry listens. */
  readonly address: string;
  readonly notifiers: readonly Notifier[];
  readonly asOf: (placement: Placement) => string | null;
  readonly now: () => Date;
  readonly watch: Watch;
  readonly signal: AbortSignal;
}

export function handlersOf({
  laptop,
  appetite,
  images,
  address,
  notifiers,
  asOf,
  now,
  watch,
  signal,
}: Parts): WorkHandlers {
  const referenceOf = ({ repository, digest }: Placement): string => `${address}/${repository}@${digest}`;
  const onStep = (step: Step): void => {
    watch({ event: 'step', ...step });
  };
  const channels = {
    ...{ register: laptop.register, evidence: laptop.evidence, notifiers },
    ...pacingBy(() => Promise.resolve(appetite), now, { register: laptop.register, subscriberTopics: null }),
  };
  const toldBy = (outcome: Sending['outcome']): readonly string[] =>
    outcome === 'held' ? [] : notifiers.map(({ name }) => name);
  const judging = { ...laptop, appetite, images, referenceOf, onStep, signal };
  const told = (judged: readonly JudgedPlacement[]): void => {
    for (const { assessment, id, announced } of judged) watch({ event: 'verdict', assessment, id, announced });
  };
  return {
    [IMAGE_PUSHED]: {
      run: async (work) => {
        const {
          push,
          images: count,
          skipped,
        } = await intakePush(work, {
          register: laptop.register,
          images,
          placementOf: laptopPlacement,
          referenceOf,
          isListed: (repository, digest) => isListed(laptop.register, repository, digest),
          asOf,
          now,
        });
        watch({ event: 'push', ...push, images: count, skipped: skipped.map(({ why }) => why) });
      },
    },
    [JUDGE_PLACEMENT]: {
      run: async (work) => {
        const judged = await judgePlacement(work, judging);
        if (judged.length === 0) watch({ event: 'unchanged', work: work.id });
        told(judged);
      },
      giveUp: async (work, cause) => {
        told(await giveUpPlacement(work, cause, judging));
      },
    },
    ...againHandlers({
      ...laptop,
      appetite,
      asOf,
      now,
      everySeconds: TELL_AGAIN_SECONDS,
      tell: async (entries, round, mustBeSaid) =>
        await tellOwners(entries, round, mustBeSaid, {
          ...channels,
          followers: await followersOf(laptop.register, appetite.value),
          fallbackOwner: appetite.value.unnamed.owner,
          onTold: (notice, outcome) => {
            watch({ event: 'notice', notice, channels: toldBy(outcome) });
          },
        }),
      onAgain: (happened) => {
        if (happened.step !== 'planned' || happened.pages > 0) watch({ event: 'again', ...happened });
      },
    }),
    ...reminderHandlers({ reminding: remindingHere(appetite, { laptop, notifiers, now, watch }), now }),
    ...tellingExceptions({ appetite: appetite.value, channels, now, watch }),
    [ANNOUNCE]: {
      run: async (work) => {
        const { notice, outcome } = await announceVerdict(work, {
          ...laptop,
          ...channels,
          followers: await followersOf(laptop.register, appetite.value),
          advise: adviser(now().toISOString(), laptop),
          fallbackOwner: appetite.value.unnamed.owner,
        });
        watch({ event: 'notice', notice, channels: toldBy(outcome) });
      },
    },
  };
}
