import { expect, it } from 'vitest';
import { ownModule } from './go.js';

const pins = `module k8s.io/kubernetes

go 1.26

replace (
	k8s.io/api => ./staging/src/k8s.io/api
	example.org/fork => example.org/other v1.2.3
)

replace k8s.io/client-go => ../client-go
`;
const tool = { name: 'kubectl', module: 'k8s.io/kubernetes', program: 'cmd/kubectl', version: 'v1.36.4' };

it('takes the modules that lie beside a tool as they were published, and its own pins as they are', () => {
  const lines = ownModule(pins, { ...tool, staging: 'v0.36.4' })
    .split('\n')
    .map((line) => line.trim());
  expect(lines).toContain('k8s.io/api => k8s.io/api v0.36.4');
  expect(lines).toContain('replace k8s.io/client-go => k8s.io/client-go v0.36.4');
  expect(lines).toContain('example.org/fork => example.org/other v1.2.3');
  expect(lines).toContain('require k8s.io/kubernetes v1.36.4');
  expect(lines[0]).toBe('module build');
});

it('takes named modules at another version', () => {
  const text = ownModule('module a\n', { ...tool, instead: { 'k8s.io/api': 'v0.36.4' } });
  expect(text).toContain('replace k8s.io/api => k8s.io/api v0.36.4');
});
