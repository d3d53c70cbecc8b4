import { describe, expect, it } from 'vitest';
import { schemasOfCrd, schemasOfSwagger } from './kubernetes-schemas.js';

const swagger = {
  definitions: {
    'v1.Box': {
      properties: { kind: { type: 'string' }, spec: { $ref: '#/definitions/v1.BoxSpec' } },
      'x-kubernetes-group-version-kind': [{ group: 'storage.example.org', version: 'v1', kind: 'Box' }],
    },
    'v1.BoxSpec': {
      properties: {
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        port: { $ref: '#/definitions/io.k8s.apimachinery.pkg.util.intstr.IntOrString' },
      },
    },
    'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: 'string', format: 'int-or-string' },
    'v1.Unrelated': { properties: {} },
  },
};

describe('a schema of a built-in kind', () => {
  const box = schemasOfSwagger(swagger).get('box-storage-v1');

  it('goes by the name that kubeconform asks for and carries what it refers to, nothing else', () => {
    expect(box).toMatchObject({ $ref: '#/definitions/v1.Box' });
    expect(Object.keys(Object(Object(box).definitions))).toEqual([
      'v1.Box',
      'v1.BoxSpec',
      'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
    ]);
  });

  it('refuses fields that are not described, but no labels', () => {
    expect(box).toMatchObject({
      definitions: {
        'v1.Box': { additionalProperties: false },
        'v1.BoxSpec': {
          additionalProperties: false,
          properties: { labels: { additionalProperties: { type: 'string' } } },
        },
      },
    });
  });

  it('takes a port by name or by number', () => {
    expect(box).toMatchObject({
      definitions: { 'io.k8s.apimachinery.pkg.util.intstr.IntOrString': { type: ['string', 'integer'] } },
    });
  });
});

it('makes a strict schema of a custom resource that leaves metadata to the server', () => {
  const openAPIV3Schema = {
    type: 'object',
    properties: {
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        properties: { size: { 'x-kubernetes-int-or-string': true } },
      },
      free: { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true },
    },
  };
  const crd = {
    kind: 'CustomResourceDefinition',
    spec: {
      group: 'keda.sh',
      names: { kind: 'ScaledObject' },
      versions: [{ name: 'v1alpha1', schema: { openAPIV3Schema } }],
    },
  };
  expect(schemasOfCrd(crd).get('scaledobject-keda-v1alpha1')).toEqual({
    type: 'object',
    additionalProperties: false,
    properties: {
      metadata: { type: 'object' },
      spec: {
        type: 'object',
        additionalProperties: false,
        properties: { size: { type: ['string', 'integer'] } },
      },
      free: { type: 'object', properties: {}, 'x-kubernetes-preserve-unknown-fields': true },
    },
  });
});
