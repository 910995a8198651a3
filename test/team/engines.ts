import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDebian, unpackFromRelease, unpackPackages } from '../host/apt.ts';
import { cached } from '../host/cache.ts';

/** The programs that a platform team runs beside the server, as Debian has them. */
export interface Engines {
  /** Where Alertmanager has to be started, whose templates are named from there. */
  readonly folder: string;
  readonly prometheus: string;
  readonly alertmanager: string;
  readonly promtool: string;
  readonly amtool: string;
  /** Undefined where it is not to be had. */
  readonly victoriaMetrics: string | undefined;
}

/** As Debian builds it into Alertmanager, and the same from the folder that it was unpacked into. Both are of one length. */
const INSTALLED = '/usr/share/prometheus/alertmanager';
const UNPACKED = 'usr/share/prometheus/alertmanager/';

/** All of them, unpacked and not installed; fetched once. */
export async function engines(): Promise<Engines> {
  const folder = await cached('team-engines-1', async staging => {
    await unpackPackages(['prometheus', 'prometheus-alertmanager'], staging);
    const program = join(staging, 'usr/bin/prometheus-alertmanager');
    const bytes = await readFile(program);
    for (let at = bytes.indexOf(INSTALLED); at !== -1; at = bytes.indexOf(INSTALLED, at))
      bytes.write(UNPACKED, at);
    await writeFile(program, bytes);
  });
  const program = (name: string) => join(folder, 'usr/bin', name);
  return {
    folder,
    prometheus: program('prometheus'),
    alertmanager: program('prometheus-alertmanager'),
    promtool: program('promtool'),
    amtool: program('amtool'),
    victoriaMetrics: await victoriaMetrics(),
  };
}

/** Debian 12 has one that takes nothing by OpenTelemetry yet. */
const RELEASE = 'trixie';

/** The one program of Debian that takes metrics by OpenTelemetry, from a newer release than the machine’s. */
async function victoriaMetrics(): Promise<string | undefined> {
  if (!(await isDebian())) return undefined;
  const folder = await cached('victoria-metrics-1', async staging => {
    const unpacked = join(staging, 'unpacked');
    await mkdir(unpacked);
    await unpackFromRelease(RELEASE, ['victoria-metrics'], unpacked);
    await rename(join(unpacked, 'usr/bin/victoria-metrics'), join(staging, 'victoria-metrics'));
    // Seven more programs of its maker.
    await rm(unpacked, { recursive: true });
  });
  return join(folder, 'victoria-metrics');
}
