/** A risk that is accepted on the deployed home, by the command line over the API: asked for, granted by another, revoked. */
import type { AwsHome } from './home.ts';
import { type Answer, cavendish, cavendishAs, cavendishJson } from './parts/command-line.ts';

interface Found {
  readonly package: { readonly source: { readonly name: string } };
  readonly exceptions: readonly unknown[];
}

interface Seen {
  readonly score: { readonly inherent: number; readonly residual: number; readonly open: number };
  readonly perl: readonly Found[];
  readonly others: readonly Found[];
}

interface Accepted {
  /** The requester tries to approve. */
  readonly refused: Answer;
  /** Somebody whom the appetite does not know asks what there is. */
  readonly visitor: Answer;
  readonly accepted: Seen;
  readonly revoked: Seen;
}

const DAY = 86_400_000;

export async function acceptedRisk(home: AwsHome, digest: string): Promise<Accepted> {
  const [review, until] = [5, 10].map((days) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10));
  const terms = [
    ...['--package', 'perl', '--repository', 'team/tagged', '--stage', 'production', '--owner', 'Olive Owner'],
    ...['--reason', 'never called', '--review', review ?? '', '--until', until ?? ''],
    ...['--control', '{ id: seccomp, does: no exec, evidence: policy 7, lowers: { likelihood: 0.5 } }'],
  ];
  const asked = await cavendishAs('OWNER', home, 'exception', 'request', ...terms, '--json');
  const { exception } = JSON.parse(asked.output) as { readonly exception: { readonly id: string } };

  const refused = await cavendishAs('OWNER', home, 'exception', 'approve', exception.id);
  const visitor = await cavendishAs('VISITOR', home, 'exception', 'list');
  await cavendishJson(home, 'exception', 'approve', exception.id);
  await home.pump.untilQuiet(60);
  const accepted = await see(home, digest);
  await cavendish(home, 'exception', 'revoke', exception.id, '--why', 'no longer needed');
  await home.pump.untilQuiet(60);
  return { refused, visitor, accepted, revoked: await see(home, digest) };
}

async function see(home: AwsHome, digest: string): Promise<Seen> {
  const { score, findings } = (await cavendishJson(home, 'show', digest)) as Pick<Seen, 'score'> & {
    readonly findings: readonly Found[];
  };
  const isPerl = ({ package: { source } }: Found): boolean => source.name === 'perl';
  return { score, perl: findings.filter(isPerl), others: findings.filter((finding) => !isPerl(finding)) };
}
