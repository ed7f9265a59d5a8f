/**
 * Packages of .NET, and its runtime: what is noted beside each program and framework.
 */
import { catalogerOfNotes } from '../notes.ts';
import { MOST_JSON_BYTES } from '../stated.ts';
import { parseDeps } from './parse.ts';

export const dotnet = catalogerOfNotes({
  name: 'dotnet',
  type: 'nuget',
  isNote: (path) => path.endsWith('.deps.json'),
  mostBytes: MOST_JSON_BYTES,
  read: (_path, bytes) => parseDeps(bytes),
  ofOne: false,
});
