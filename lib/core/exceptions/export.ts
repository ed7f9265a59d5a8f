/** Exceptions for other tools and for auditors: CSV, YAML, OpenVEX. */
import { stringify } from 'yaml';

import { csvOf } from '../text/csv.ts';
import { shownEnd } from '../time/end.ts';
import type { Exception } from './exception.ts';
import type { ScopedImages } from './scope.ts';

const COLUMNS = [
  ...['id', 'state', 'vulnerabilities', 'packages', 'images', 'stages', 'reason', 'owner', 'requester', 'approver'],
  ...['requested_at', 'decided_at', 'review', 'expiry', 'controls', 'links', 'ended_at', 'ended_how', 'ended_why'],
];

/** RFC 4180, a line an exception; no cell is taken for a formula. */
export function exceptionsAsCsv(exceptions: readonly Exception[]): string {
  return csvOf([COLUMNS, ...exceptions.map(cellsOf)]);
}

function cellsOf(exception: Exception): readonly string[] {
  const { id, state, terms, requester, approver, requestedAt, decidedAt, review, ended } = exception;
  const { scope, reason, owner, expiry, controls, links } = terms;
  return [
    ...[id, state, scope.vulnerabilities.join(' '), scope.packages.join(' '), imagesText(scope.images)],
    ...[
      scope.stages.join(' '),
      reason ?? '',
      owner ?? '',
      whoText(requester),
      approver === null ? '' : whoText(approver),
    ],
    ...[requestedAt, decidedAt ?? '', review === null ? '' : shownEnd(review), expiry === null ? '' : shownEnd(expiry)],
    ...[controls.map((control) => `${control.id}: ${control.does}`).join('; '), links.join(' ')],
    ...[ended?.at ?? '', ended?.how ?? '', ended?.why ?? ''],
  ];
}

function whoText({ person, principal }: Exception['requester']): string {
  return person ?? principal;
}

function imagesText(images: ScopedImages): string {
  if ('asset' in images) return `asset ${images.asset}`;
  if ('repository' in images) return `repository ${images.repository}`;
  return 'digest' in images ? images.digest : `base ${images.name} ${images.base}`;
}

/** All of each. */
export function exceptionsAsYaml(exceptions: readonly Exception[]): string {
  return stringify(exceptions, { lineWidth: 0 });
}

/**
 * OpenVEX 0.2.0: what is accepted *is* affected, and each statement says what is done about it.
 *
 * @param exceptions - in force
 */
export function exceptionsAsOpenVex(
  exceptions: readonly Exception[],
  { at, id }: { readonly at: string; readonly id: string },
) {
  return {
    '@context': 'https://openvex.dev/ns/v0.2.0',
    '@id': `https://openvex.dev/docs/cavendish/${id}`,
    author: 'Cavendish',
    timestamp: at,
    version: 1,
    statements: exceptions.flatMap(({ id: exception, terms, decidedAt }) =>
      terms.scope.vulnerabilities.map((name) => ({
        vulnerability: { name },
        products: [productOf(terms.scope.images, terms.scope.packages)],
        status: 'affected',
        status_notes: `Accepted as ${exception} until ${terms.expiry === null ? '-' : shownEnd(terms.expiry)}: ${terms.reason ?? ''}`,
        action_statement: actionOf(terms.controls),
        ...(decidedAt !== null && { timestamp: decidedAt }),
      })),
    ),
  };
}

function productOf(images: ScopedImages, packages: readonly string[]): object {
  const id =
    'digest' in images
      ? `pkg:oci/image@${encodeURIComponent(images.digest)}`
      : `urn:cavendish:${encodeURIComponent(imagesText(images))}`;
  const parts = packages.map((name) => ({ '@id': `urn:cavendish:package:${encodeURIComponent(name)}` }));
  return { '@id': id, ...(parts.length > 0 && { subcomponents: parts }) };
}

function actionOf(controls: Exception['terms']['controls']): string {
  return controls.length === 0 ? 'No compensating control.' : controls.map(({ does }) => does).join('; ');
}
