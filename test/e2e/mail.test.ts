import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';

import { startHome } from '../support/running-home.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts';

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await temporaryFolder();
});

afterEach(async () => {
  await folder.remove();
});

function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}

describe('a mail server', () => {
  it('gets the notice of the sample, with the inbox', async () => {
    const subjects: string[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _, callback) {
        stream.setEncoding('utf8');
        stream.on('data', (text: string) => subjects.push(...(/^Subject: .*$/mu.exec(text) ?? [])));
        stream.on('end', callback);
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    try {
      const smtp = `smtp://127.0.0.1:${String(portOf(server.server))}`;
      const home = await startHome({ data: `${folder.path}/home`, sample: true, once: true, smtp });
      expect(await home.ended).toBe(0);
      expect(subjects).toEqual([expect.stringContaining('NO-GO: sample/debian:12.15')]);
    } finally {
      server.close();
    }
  });

  it('that refuses leaves the notice owed: it is told again when the home starts again', async () => {
    const refusing = createServer((socket: Socket) => socket.end('421 not today\r\n')).listen(0, '127.0.0.1');
    await once(refusing, 'listening');
    const data = `${folder.path}/home`;
    try {
      const smtp = `smtp://127.0.0.1:${String(portOf(refusing))}`;
      const home = await startHome({ data, sample: true, once: true, smtp });
      expect(await home.ended).toBe(70);
      expect(home.events).toContainEqual(
        expect.objectContaining({ event: 'trouble', message: expect.stringContaining('did not take the notice') }),
      );
    } finally {
      refusing.close();
    }

    const again = await startHome({ data });
    expect(await again.until(({ event }) => event === 'notice')).toMatchObject({ notice: { kind: 'verdict-changed' } });
    expect(await again.stop()).toBe(0);
  });
});
