/**
 * Pushes the bundled sample through the registry's HTTP API, as any client would, and shows what
 * came of it; where it is there already, shows that and does nothing twice.
 */
import { relative } from 'node:path';

import { assetOf } from '../../core/appetite/asset-of.ts';
import { readCurrent } from '../../core/register/current.ts';
import { currentKey } from '../../core/register/keys.ts';
import { shellWord } from '../../core/text/shell.ts';
import { readAssessment } from '../../pipeline/judge-image/read-assessment.ts';
import { laptopPlacement } from '../compose/laptop.ts';
import { catalogueOf, pushImage } from '../compose/registry.ts';
import type { Io } from '../io.ts';
import { DEFAULT_DATA } from '../options.ts';
import { importSample, SAMPLE } from '../sample/sample.ts';
import type { Running } from './running.ts';

export async function showSample(running: Running, io: Io): Promise<'shown'> {
  const { laptop, watch, address, appetite } = running;
  const placement = laptopPlacement(SAMPLE.repository, SAMPLE.digest);
  const name = `${SAMPLE.repository}:${SAMPLE.tag}`;
  const imported = await importSample(laptop, io.now());
  watch({ event: 'sample', message: imported.message });

  const { stage } = assetOf(appetite.value, SAMPLE.repository);
  const held = await catalogueOf(laptop).tagged(SAMPLE.repository, SAMPLE.tag);
  const current = readCurrent(await laptop.register.get(currentKey(placement, stage)));
  if (held === SAMPLE.digest && current !== null) {
    watch({ event: 'sample', message: `${name} was pushed and judged before: nothing is done twice` });
    const assessment = await readAssessment(laptop.evidence, current.assessment);
    watch({ event: 'verdict', assessment, id: current.assessment, announced: false, before: true });
  } else {
    const judged = running.next(
      (event) => event.event === 'verdict' && event.assessment.image.digest === SAMPLE.digest,
    );
    // Without work that waits nothing would come of it: judged for another stage before, it is pushed again.
    if (held === SAMPLE.digest && (await laptop.work.state()).waiting > 0) {
      watch({ event: 'sample', message: `${name} was pushed before and not judged yet: going on with it` });
    } else {
      watch({ event: 'sample', message: `pushing ${name} to ${address}, judged as of its own date ${SAMPLE.date}` });
      await pushImage({ address, repository: SAMPLE.repository, tag: SAMPLE.tag, layout: SAMPLE.layout });
    }
    running.worker.wake();
    const verdict = await judged;
    if (verdict.event === 'verdict' && verdict.announced) await running.next(({ event }) => event === 'notice');
  }
  watch({ event: 'hint', lines: commandsToTry(address, running.data) });
  return 'shown';
}

/** What to try next, as it can be typed in the clone. */
function commandsToTry(address: string, data: string): readonly string[] {
  const option = data === DEFAULT_DATA ? '' : ` --data ${shellWord(data)}`;
  const layout = shellWord(relative('.', SAMPLE.layout));
  return [
    `docker tag YOUR-IMAGE ${address}/team/app:1.0 && docker push ${address}/team/app:1.0`,
    `npx cavendish show ${SAMPLE.repository}:${SAMPLE.tag}${option}`,
    `npx cavendish judge ${layout} --stage development --at ${SAMPLE.date}${option}`,
  ];
}
