/** What the binding is made of; `native/package.json` declares the same binding, with what else npm has for it. */
export const versions = { binding: '4.22.0', tensorflow: '2.21.0' } as const;

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
