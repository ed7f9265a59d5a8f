/** Reports of sightings for tests: a digest runs in production, with what a test is about put in. */
import type { Report } from '../../lib/core/sightings/sighting.ts';
import { aDigest } from './assessments.ts';

export function aReport(overrides: Partial<Report> = {}): Report {
  return {
    digest: aDigest('image'),
    where: 'shop/production',
    environment: 'production',
    image: null,
    source: 'cli',
    unit: '',
    at: '2026-11-24T12:00:00.000Z',
    ended: false,
    ...overrides,
  };
}
