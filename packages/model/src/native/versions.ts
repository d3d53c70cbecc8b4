/** What the binding is made of. */
export const versions = { binding: '4.22.0', tensorflow: '2.21.0' } as const;

export interface NpmTarball {
  readonly spec: string;
  /** SHA-512 of the tarball, as in a package-lock. */
  readonly integrity: string;
}

export const tarballs = {
  binding: {
    spec: `@tensorflow/tfjs-node-gpu@${versions.binding}`,
    integrity:
      'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  },
  protobuf: {
    spec: 'google-protobuf@3.21.4',
    integrity:
      'sha512-MnG7N936zcKTco4Jd2PX2U96Kf9PxygAPKBug+74LHzmHXmceN16MmRcdgZv+DGef/S9YvQAfRsNCn4cjf9yyQ==',
  },
  nodeApi: {
    spec: 'node-api-headers@1.9.0',
    integrity:
      'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  },
} as const satisfies Record<string, NpmTarball>;

/** SHA-256 of TensorFlow's wheels for CPython 3.12 on Linux x64; only the C libraries in them are used. */
export const wheels = {
  cpu: {
    name: 'tensorflow-cpu',
    sum: 'dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb',
  },
  gpu: {
    name: 'tensorflow',
    sum: 'b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0',
  },
} as const;
