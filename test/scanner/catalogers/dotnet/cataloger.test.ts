import { describe, expect, it } from '@jest/globals';

import { file } from '../../../support/images.ts';
import { jsonFile, scanOnDebian } from '../../../support/language-images.ts';

const RUNTIME = 'Microsoft.NETCore.App.Runtime.linux-x64';
const SHARED = 'usr/share/dotnet/shared/Microsoft.NETCore.App/8.0.1/Microsoft.NETCore.App.deps.json';

describe('dotnet', () => {
  it('finds the packages of programs, and the frameworks', async () => {
    const { packages, gaps } = await scanOnDebian([
      jsonFile('app/App.deps.json', {
        libraries: { 'App/1.0.0': { type: 'project' }, 'Newtonsoft.Json/13.0.1': { type: 'package' } },
      }),
      jsonFile(SHARED, { libraries: { [`${RUNTIME}/8.0.1`]: { type: 'package' } } }),
    ]);
    expect(packages).toEqual([
      `pkg:nuget/${RUNTIME}@8.0.1 ${SHARED}`,
      'pkg:nuget/Newtonsoft.Json@13.0.1 app/App.deps.json',
    ]);
    expect(gaps).toEqual([]);
  });

  it('says what could not be read', async () => {
    const { gaps } = await scanOnDebian([file('app/App.deps.json', '{"libraries":{"A/1":')]);
    expect(gaps).toEqual(['The package database app/App.deps.json could not be read whole: it is no JSON.']);
  });
});
