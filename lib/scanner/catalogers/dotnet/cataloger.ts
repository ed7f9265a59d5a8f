/**
 * Packages of .NET, and its runtime: what is noted beside each program and framework.
 */
import { catalogStated } from '../catalog-stated.ts';
import type { Cataloger } from '../cataloger.ts';
import { type StatedContent, statedContent } from '../stated.ts';
import { parseDeps } from './parse.ts';

export const dotnet: Cataloger<StatedContent> = {
  name: 'dotnet',
  folders: [],
  wants: (path) => path.endsWith('.deps.json'),
  read: (_path, bytes) => parseDeps(bytes),
  content: statedContent,
  catalog: (files) => catalogStated('nuget', files.all()),
};
