import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';

import type { Worker } from '../worker/worker.ts';

/** A registry of another account or Region. */
export interface OtherRegistry {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
  /**
   * The role in that account that lets Cavendish read (docs/deploy.md has its policies).
   *
   * @default - none: the registry's own policy lets Cavendish's functions in
   */
  readonly roleArn?: string;
}

export interface RegistriesProps {
  /** Name patterns of the repositories that are watched; none: all. */
  readonly repositories: readonly string[];
  /** Registries beside the home's own. */
  readonly others: readonly OtherRegistry[];
}

/** The registries of Amazon ECR that are watched, and what it takes to read them. */
export class Registries extends Construct {
  public readonly patterns: readonly string[];
  /** For the functions' environment. */
  public readonly json: string;
  private readonly arns: readonly string[];
  private readonly roles: readonly string[];

  constructor(scope: Construct, id: string, { repositories, others }: RegistriesProps) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    this.patterns = repositories;
    this.json = Stack.of(this).toJsonString([{ account, region }, ...others]);
    this.roles = others.flatMap(({ roleArn }) => roleArn ?? []);

    // What is read through a role is granted by that role.
    const read = [{ account, region }, ...others.filter(({ roleArn }) => roleArn === undefined)];
    const names = repositories.length === 0 ? ['*'] : [...new Set(repositories.map(forIam))];
    this.arns = read.flatMap((one) =>
      names.map((name) => `arn:${partition}:ecr:${one.region}:${one.account}:repository/${name}`),
    );
  }

  /** To sign in and pull. */
  public grantPull(worker: Worker): void {
    // The token is the caller's own for every registry: ECR takes no resource here.
    worker.allow(['ecr:GetAuthorizationToken'], ['*'], 'ECR gives its token for no resource but everything.');
    worker.allow(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'], this.arns, WATCHED);
    if (this.roles.length > 0) worker.allow(['sts:AssumeRole'], this.roles);
  }

  /** To ask what is there. */
  public grantDescribe(worker: Worker, actions: readonly ('DescribeImages' | 'DescribeImageScanFindings')[]): void {
    worker.allow(
      actions.map((action) => `ecr:${action}`),
      this.arns,
      WATCHED,
    );
  }

  /** To ask which repositories there are. */
  public grantList(worker: Worker): void {
    const { account, region, partition } = Stack.of(this);
    // Asked for a whole registry, ECR checks the right on all of it.
    const all = `arn:${partition}:ecr:${region}:${account}:repository/*`;
    worker.allow(['ecr:DescribeRepositories'], [all], 'To list repositories is a right on all of them.');
  }
}

const WATCHED = 'The repositories that are watched, as their patterns name them; those to come are among them.';

/** IAM has one `*`, which stands for anything, slashes included: never less than the pattern. */
function forIam(pattern: string): string {
  return pattern.replaceAll('**', '*');
}
