import { openDownloads } from '../../lib/adapters/feeds/download/feed-downloads.ts';
import { feedAddressesSchema, hostsOf, PUBLISHED_ADDRESSES } from '../../lib/core/advisories/feed-addresses.ts';
import { CavendishError } from '../../lib/core/errors/error.ts';
import { pacingBy } from '../../lib/pipeline/announce/pacing.ts';
import { tellOperator } from '../../lib/pipeline/announce/tell-operator.ts';
import { refreshFeeds } from '../../lib/pipeline/refresh-feeds/refresh-feeds.ts';
import { tellQuarantined } from '../../lib/pipeline/refresh-feeds/tell-quarantined.ts';
import { openAnnouncing } from '../shared/announcing/compose.ts';
import { type Environment, readSetting } from '../shared/environment.ts';
import { openHome } from '../shared/home/compose.ts';
import { OPERATORS_HOME } from '../shared/operators-home.ts';
import { openTools } from '../shared/tools.ts';
import { createHandler } from './handler.ts';

/** Lambda's only writable folder: what was fetched in part may still be there the next time. */
const FOLDER = '/tmp/downloads';

export function compose(environment: Environment): ReturnType<typeof createHandler> {
  const tools = openTools();
  const { register, evidence, intelligence, appetite } = openHome(environment, tools);
  const topics = openAnnouncing(environment, tools);
  const announcing = { ...topics, ...pacingBy(appetite, () => new Date(), { register, ...topics }) };
  const addresses = readSetting(environment, 'feeds', feedAddressesSchema) ?? PUBLISHED_ADDRESSES;
  return createHandler({
    ...tools,
    refresh: async (signal) => {
      const downloads = await openDownloads({ folder: FOLDER, hosts: hostsOf(addresses), env: environment });
      try {
        const at = new Date();
        const refreshed = await refreshFeeds(
          { addresses, at, signal },
          { register, evidence, intelligence, downloads },
        );
        await tellQuarantined({
          register,
          at,
          home: OPERATORS_HOME,
          tell: async (notice, events) => {
            const [unaccepted] = await announcing.events.publish(events);
            if (unaccepted !== undefined) throw new CavendishError('unavailable', unaccepted.cause);
            await tellOperator(notice, { register, evidence, ...announcing });
          },
        });
        return refreshed;
      } finally {
        await downloads.close();
      }
    },
  });
}
