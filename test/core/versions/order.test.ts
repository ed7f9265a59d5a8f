import { describe, expect, it } from '@jest/globals';

import { order, orderFrom } from '../../../lib/core/versions/order.ts';

describe('order', () => {
  it.each(['Debian', 'Debian:12', 'Ubuntu:22.04:LTS'])('knows the versions of %s', (ecosystem) => {
    expect(order(ecosystem, '1.0~rc1', '1.0')).toEqual({ order: -1 });
    expect(order(ecosystem, '1.0', '0:1.0')).toEqual({ order: 0 });
    expect(order(ecosystem, '1.0-1', '1.0')).toEqual({ order: 1 });
  });

  it.each(['npm', 'Alpine:v3.20', 'debian', 'constructor', ''])('says that it does not know %j', (ecosystem) => {
    expect(order(ecosystem, '1', '2')).toEqual({
      unparsable: '1',
      why: `unsupported ecosystem: ${ecosystem.split(':')[0]}`,
    });
  });

  it('names the version that can not be read, on either side', () => {
    expect(order('Debian:12', '<none>', '1')).toMatchObject({ unparsable: '<none>' });
    expect(order('Debian:12', '1', '<none>')).toMatchObject({ unparsable: '<none>' });
  });
});

describe('orderFrom', () => {
  it('compares one version with many', () => {
    const from = orderFrom('Debian:12', '2');
    if (typeof from !== 'function') throw new Error(from.why);
    expect([from('1'), from('2'), from('3')]).toEqual([{ order: 1 }, { order: 0 }, { order: -1 }]);
  });
});
