import type { Check } from '../check.js';
import { helm } from '../helm.js';
import { valueSet } from '../value-sets.js';

interface Refusal {
  what: string;
  /** The set that is sound without the settings. */
  on: string;
  set: string[];
  /** In Helm's answer. */
  says: string;
}

const refusals: Refusal[] = [
  { what: 'a typing error', on: 'plain', set: ['gateway.replica=3'], says: 'replica' },
  {
    what: 'a number where a text belongs',
    on: 'plain',
    set: ['signIn.audience=7'],
    says: '/signIn/audience',
  },
  { what: 'no address', on: 'plain', set: ['addresses.api='], says: '/addresses/api' },
  {
    what: 'a sign-in provider without encryption',
    on: 'plain',
    set: ['signIn.issuer=http://a.example.org'],
    says: '/signIn/issuer',
  },
  ...['http://10.0.0.5', 'http://portal.hospital.example', 'http://localhost.evil.example'].map(
    (address) => ({
      what: `a portal at ${address}, whose pages browsers keep keys and sessions from`,
      on: 'plain',
      set: [`addresses.portal=${address}`],
      says: '/addresses/portal',
    }),
  ),
  {
    what: 'an API without encryption',
    on: 'plain',
    set: ['addresses.api=http://api.hospital.example'],
    says: '/addresses/api',
  },
  { what: 'S3 without a bucket', on: 'plain', set: ['blobs.s3.url='], says: '/blobs/s3/url' },
  {
    what: 'blobs on a disk with two gateways',
    on: 'small',
    set: ['gateway.replicas=2'],
    says: '/gateway/replicas',
  },
  {
    what: 'blobs on a disk with a gateway that is scaled',
    on: 'small',
    set: ['gateway.autoscaling.enabled=true'],
    says: '/gateway/autoscaling/enabled',
  },
  { what: 'two NATS servers', on: 'plain', set: ['nats.replicas=2'], says: '/nats/replicas' },
  {
    what: 'GPUs down to zero while no CPU serves',
    on: 'gpu',
    set: ['inferenceCpu.scaling.min=0'],
    says: '/inferenceCpu/scaling/min',
  },
  {
    what: 'GPUs down to zero with CPU inference off',
    on: 'gpu',
    set: ['inferenceCpu.enabled=false'],
    says: '/inferenceCpu/enabled',
  },
  {
    what: 'no inference at all',
    on: 'plain',
    set: ['inferenceCpu.enabled=false'],
    says: '/inferenceGpu/enabled',
  },
  {
    what: 'KEDA without the monitoring of an outside NATS',
    on: 'everything',
    set: ['nats.outside.monitoring='],
    says: '/nats/outside/monitoring',
  },
  {
    what: 'more connections than Postgres allows',
    on: 'production',
    set: ['gateway.autoscaling.max=20'],
    says: 'Postgres allows 200',
  },
  {
    what: 'blobs on a disk with a coordinator apart',
    on: 'small',
    set: ['coordinator.apart=true'],
    says: '/coordinator/apart',
  },
  {
    what: 'more coordinators than Postgres has connections for',
    on: 'production',
    set: ['coordinator.replicas=20'],
    says: 'Postgres allows 200',
  },
  { what: 'NATS without passwords', on: 'plain', set: ['secrets.nats='], says: '/secrets/nats' },
  {
    what: 'the trial S3 server without keys',
    on: 'trial',
    set: ['secrets.blobs='],
    says: '/secrets/blobs',
  },
  { what: 'backups to nowhere', on: 'plain', set: ['backup.enabled=true'], says: '/backup/store' },
  {
    what: 'a backup schedule that is none',
    on: 'trial',
    set: ['backup.databaseSchedule=hourly'],
    says: '/backup/databaseSchedule',
  },
  {
    what: 'no inference while the backlog cannot be read',
    on: 'production',
    set: ['inferenceCpu.scaling.fallback=0'],
    says: '/inferenceCpu/scaling/fallback',
  },
  {
    what: 'no heatmaps while the backlog cannot be read',
    on: 'production',
    set: ['explain.scaling.fallback=0'],
    says: '/explain/scaling/fallback',
  },
  {
    what: 'no inference with GPUs alone while the backlog cannot be read',
    on: 'gpu',
    set: ['inferenceCpu.enabled=false', 'inferenceGpu.scaling.min=1'],
    says: '/inferenceGpu/scaling/fallback',
  },
  {
    what: 'more pods without a known backlog than at most',
    on: 'production',
    set: ['explain.scaling.fallback=9'],
    says: 'explain.scaling falls back',
  },
  {
    what: 'backups into the bucket that they are of',
    on: 'plain',
    set: ['backup.enabled=true', 'backup.store=s3://xray-example/lucency/?region=eu-west-1'],
    says: 'backup.store',
  },
  {
    what: 'a collector of traces without http or https',
    on: 'plain',
    set: ['telemetry.endpoint=collector:4317'],
    says: '/telemetry/endpoint',
  },
  {
    what: 'a share of traces in per cent',
    on: 'plain',
    set: ['telemetry.sampleShare=5'],
    says: '/telemetry/sampleShare',
  },
  {
    what: 'networks outside as a text',
    on: 'plain',
    set: ['networkPolicy.outside=10.0.0.0/8'],
    says: '/networkPolicy/outside',
  },
  {
    what: 'fewer pods at most than at least',
    on: 'production',
    set: ['web.autoscaling.max=1'],
    says: 'web.autoscaling',
  },
];

/** The schema, and the arithmetic that it cannot do, refuse what would go wrong later. */
export const refused: Check[] = refusals.map(({ what, on, set, says }) => ({
  name: `refused: ${what}`,
  async faults() {
    const { ok, output } = await helm(
      ['template', 'lucency'],
      valueSet(on),
      set.flatMap((each) => ['--set', each]),
    );
    if (ok) return ['was rendered'];
    return output.includes(says) ? [] : [`was refused for another reason: ${output}`];
  },
}));
