/**
 * A home on AWS, deployed to moto, with a registry to push to: what `way.test.ts` walks.
 *
 * Functions run the bundles and the environment that they were deployed with; this run only says where
 * AWS and the registry are.
 */
import { readSubscribers } from '../../lib/core/notices/subscriber.ts';
import { ENV, OUTPUTS } from '../../lib/stacks/functions/names.ts';
import type { ApiFront } from '../support/api-front.ts';
import { type FeedMirror, startFeedMirror } from '../support/feed-mirror.ts';
import { startApi } from './parts/api.ts';
import { type Clients, openClients } from './parts/clients.ts';
import { type Deployed, deployStack } from './parts/deploy.ts';
import { namesOf } from './parts/deployed-names.ts';
import { type Ear, hearBus, type Heard, type HeardEvent, hearTopic } from './parts/ears.ts';
import { type DeployedFunction, startFunction } from './parts/functions.ts';
import { type Meter, startMeter } from './parts/meter.ts';
import { type Moto, startMoto } from './parts/moto.ts';
import { openPump, type Pump } from './parts/pump.ts';
import { type EcrRegistry, startEcrRegistry } from './parts/registry.ts';

export interface AwsHome {
  readonly moto: Moto;
  readonly clients: Clients;
  readonly deployed: Deployed;
  readonly registry: EcrRegistry;
  /** What stands in for the publishers of feeds. */
  readonly mirror: FeedMirror;
  /** By the name of its folder in functions/. */
  readonly functions: ReadonlyMap<string, DeployedFunction>;
  /** What each function asks of AWS, by the same names. */
  readonly meters: ReadonlyMap<string, Meter>;
  readonly pump: Pump;
  /** What people ask, before the function `api`. */
  readonly api: ApiFront;
  /** What the subscriber, the operator and the bus were told. */
  readonly ears: {
    readonly subscriber: Ear<Heard>;
    readonly operator: Ear<Heard>;
    readonly bus: Ear<HeardEvent>;
  };
  stop(): Promise<void>;
}

export async function openAwsHome(): Promise<AwsHome> {
  const moto = await startMoto();
  const clients = openClients(moto.endpoint);
  const registry = await startEcrRegistry(clients.ecr);
  const mirror = await startFeedMirror();
  const feeds = JSON.stringify({
    ...{ kev: `${mirror.address}/kev.json`, epss: `${mirror.address}/epss.csv.gz` },
    ...{ osv: `${mirror.address}/osv`, cve: `${mirror.address}/cve` },
  });
  const functions = new Map<string, DeployedFunction>();
  const meters = new Map<string, Meter>();
  let api: ApiFront | null = null;
  const stop = async (): Promise<void> => {
    await api?.close();
    for (const one of [...functions.values(), ...meters.values(), registry, moto]) await one.stop();
    await mirror.close();
  };
  try {
    const deployed = await deployStack(moto.endpoint);
    for (const physical of await namesOf(clients, 'AWS::Lambda::Function')) {
      const meter = await startMeter(moto.endpoint);
      const extra = { AWS_ENDPOINT_URL: meter.endpoint, [ENV.registryEndpoint]: registry.address, [ENV.feeds]: feeds };
      const started = await startFunction(physical, { endpoint: moto.endpoint, s3: clients.s3, deployed, extra });
      functions.set(started.role, started);
      meters.set(started.role, meter);
    }
    const asked = functions.get('api');
    if (asked === undefined) throw new Error('the function api was not deployed');
    api = await startApi(asked);
    const byName = new Map([...functions.values()].map((one) => [one.name, one]));
    const pump = await openPump(moto.endpoint, clients.sqs, byName);
    const { outputs } = deployed;
    const [subscriber] = readSubscribers(outputs[OUTPUTS.subscribers] ?? '');
    const ears = {
      subscriber: await hearTopic(clients, subscriber?.topicArn ?? '', 'subscriber'),
      operator: await hearTopic(clients, outputs[OUTPUTS.operatorTopic] ?? '', 'operator'),
      bus: await hearBus(clients, outputs[OUTPUTS.eventBus] ?? ''),
    };
    return { moto, clients, deployed, registry, mirror, functions, meters, pump, api, ears, stop };
  } catch (error) {
    await stop();
    const said = moto
      .log()
      .split('\n')
      .filter((line) => !line.endsWith('" 200 -'));
    throw new Error(`moto said:\n${said.slice(-30).join('\n')}`, { cause: error });
  }
}
