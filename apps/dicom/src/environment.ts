import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceEnvironment } from '@lucency/service-kit';
import { z } from 'zod';

const seconds = (usual: number) => z.coerce.number().positive().default(usual);

/** Every variable of the service. */
export const environment = z
  .object({
    ...serviceEnvironment,
    /** Where senders associate; every address unless set. */
    DICOM_HOST: z.string().optional(),
    /** 0 takes a free port. */
    DICOM_PORT: z.coerce.number().int().min(0).max(65_535).default(11_112),
    /** Who may send, and where their images belong; docs/operations/dicom.md describes the file. */
    DICOM_SENDERS_FILE: z.string().min(1),
    /** Certificate and key in PEM: the port takes TLS alone then. */
    DICOM_TLS_CERTIFICATE_FILE: z.string().optional(),
    DICOM_TLS_KEY_FILE: z.string().optional(),
    /** The authority of the senders' certificates: every sender must show one then. */
    DICOM_TLS_CLIENT_AUTHORITY_FILE: z.string().optional(),
    /** Associations at once. */
    DICOM_MAX_ASSOCIATIONS: z.coerce.number().int().min(1).max(1_000).default(50),
    DICOM_ASSOCIATE_SECONDS: seconds(15),
    DICOM_IDLE_SECONDS: seconds(60),
    DICOM_PDU_SECONDS: seconds(30),
    DICOM_INSTANCE_SECONDS: seconds(300),
    DICOM_ASSOCIATION_SECONDS: seconds(3_600),
    /** From the last byte of an instance to its answer. Shorter than senders wait, most of them 30 s or more. */
    DICOM_STORE_SECONDS: seconds(20),
    /** Of one instance. The gateway takes 50 MiB. */
    DICOM_MAX_INSTANCE_BYTES: z.coerce
      .number()
      .int()
      .positive()
      .default(50 * 1024 ** 2),
    /** Of this process alone; what another one left in it is deleted at the start. */
    DICOM_SPOOL_DIR: z.string().default(join(tmpdir(), 'lucency-dicom')),
    DICOM_SPOOL_BYTES: z.coerce.number().int().positive().default(2_000_000_000),
    /** Secrets of destinations, one file each, named as the destination names it. */
    DELIVERY_SECRETS_DIR: z.string().default('/etc/lucency/destinations'),
    /** How often the outbox of the gateway is asked while it holds nothing. */
    DELIVERY_POLL_SECONDS: seconds(1),
    /** After it, what a killed process had in hand is handed out again: longer than fetching and any exchange. */
    DELIVERY_LEASE_SECONDS: z.coerce.number().int().min(10).max(600).default(300),
    /** The authority of archives' certificates, where it is none that everybody knows. */
    DELIVERY_TLS_AUTHORITY_FILE: z.string().optional(),
    /** Of GraphQL, as in https://api.xray.example.org/graphql. */
    GATEWAY_ENDPOINT: z.url(),
    OIDC_ISSUER: z.url(),
    OIDC_AUDIENCE: z.string().default('lucency-api'),
    OIDC_SCOPE: z.string().default('api'),
  })
  .refine(
    (set) => (set.DICOM_TLS_CERTIFICATE_FILE === undefined) === (set.DICOM_TLS_KEY_FILE === undefined),
    {
      path: ['DICOM_TLS_KEY_FILE'],
      message: 'comes with DICOM_TLS_CERTIFICATE_FILE and not alone',
    },
  )
  .refine((set) => !set.DICOM_TLS_CLIENT_AUTHORITY_FILE || set.DICOM_TLS_CERTIFICATE_FILE, {
    path: ['DICOM_TLS_CLIENT_AUTHORITY_FILE'],
    message: 'needs DICOM_TLS_CERTIFICATE_FILE: without TLS nobody shows a certificate',
  });
export type Environment = z.infer<typeof environment>;
