/** What a template grants, as a table for people: who, which actions, on what. */
import { flat } from '../../lib/stacks/nag/flat.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
}

export interface Template {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

interface Grant {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
}

/** Every action on every resource that a role of the template may do. @throws where a role has rights in another form */
export function grantsOf({ Resources: resources }: Template): readonly Grant[] {
  const roles = Object.entries(resources).filter(([, { Type: type }]) => type === 'AWS::IAM::Role');
  for (const [name, { Properties: properties = {} }] of roles) {
    if ('ManagedPolicyArns' in properties || 'Policies' in properties) {
      throw new Error(`${name} has rights that are not in a policy of its own`);
    }
  }
  return Object.values(resources)
    .filter(({ Type: type }) => type === 'AWS::IAM::Policy')
    .flatMap(({ Properties: { PolicyDocument: document, Roles: holders } = {} }) => {
      const { Statement: statements } = document as { readonly Statement: readonly Statement[] };
      return (holders as readonly unknown[]).flatMap((role) => statements.flatMap((one) => grants(nameOf(role), one)));
    })
    .sort((a, b) => order(a.who, b.who) || order(a.action, b.action) || order(a.resource, b.resource));
}

function grants(who: string, { Effect: effect, Action: actions, Resource: on }: Statement): readonly Grant[] {
  if (effect !== 'Allow') throw new Error(`${who} has a statement that does not allow`);
  const list = [on].flat() as readonly unknown[];
  return [actions].flat().flatMap((action) => list.map((one) => ({ who, action, resource: resourceOf(one) })));
}

/** The table of docs/iam.md: a row for each function and resource. */
export function matrixOf(template: Template): string {
  const rows = Map.groupBy(grantsOf(template), ({ who, resource }) => `| ${who} | \`${resource}\` |`);
  const lines = [...rows].map(([head, all]) => {
    const actions = new Set(all.map(({ action }) => `\`${action}\``));
    return `${head} ${[...actions].join(', ')} |`;
  });
  return ['| who | on | actions |', '| --- | --- | --- |', ...lines.sort(order)].join('\n');
}

/** `CavendishFunctionsscanRole1F2E3D4C` → `scan`. */
function nameOf(role: unknown): string {
  const name = flat(role).replaceAll(/[<>]/gu, '');
  return name
    .replace(/^Cavendish(?:Functions)?/u, '')
    .replace(/Role[0-9A-F]{8}$/u, '')
    .replace(/^Schedules/u, 'the schedule of ')
    .replace(/^Timers$/u, 'the timers');
}

/** Without what the CDK adds to make names unique. */
function resourceOf(resource: unknown): string {
  return flat(resource)
    .replaceAll(/<Cavendish([A-Za-z]+?)[0-9A-F]{8}(\.[A-Za-z]+)?>/gu, '<$1$2>')
    .replaceAll('.Arn>', '>')
    .replaceAll(/[0-9a-f]{64}\.yaml/gu, 'APPETITE.yaml')
    .replaceAll('<AWS::Partition>', 'aws')
    .replaceAll('<AWS::Region>', 'REGION')
    .replaceAll('<AWS::AccountId>', 'ACCOUNT');
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
