import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;
const types = onnx.TensorProto.DataType;
const attributeTypes = onnx.AttributeProto.AttributeType;

type Constant = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;
type Attribute = number | string | readonly number[];
type Shape = readonly (number | 'N')[];

/** Opset 17 of ONNX, version 1 of ONNX Runtime's own operators (`com.microsoft`). */
const opsets = [
  { domain: '', version: 17 },
  { domain: 'com.microsoft', version: 1 },
];

/** Collects the nodes and constants of one ONNX graph; tensors are known by their names. */
export class GraphBuilder {
  readonly #nodes: onnxProto.onnx.INodeProto[] = [];
  readonly #constants = new Map<string, onnxProto.onnx.ITensorProto>();
  readonly #inputs: onnxProto.onnx.IValueInfoProto[] = [];
  readonly #outputs: onnxProto.onnx.IValueInfoProto[] = [];

  input(name: string, shape: Shape): string {
    this.#inputs.push(floatValue(name, shape));
    return name;
  }

  /** Without a shape it is left to ONNX Runtime to find out. */
  output(name: string, shape?: Shape): void {
    this.#outputs.push(floatValue(name, shape));
  }

  /** Adds a node with one output of this name; `Domain.Operator` names an operator beyond ONNX. */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    attributes: Record<string, Attribute> = {},
  ): string {
    const dot = operator.lastIndexOf('.');
    this.#nodes.push({
      opType: operator.slice(dot + 1),
      domain: operator.slice(0, Math.max(0, dot)),
      name: output,
      input: [...inputs],
      output: [output],
      attribute: Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    });
    return output;
  }

  /** A constant tensor, row-major; without a shape a vector, with `[]` a scalar. */
  constant(name: string, values: Constant, shape: readonly number[] = [values.length]): string {
    this.#constants.set(name, {
      name,
      dims: [...shape],
      dataType: dataType(values),
      rawData: new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
    });
    return name;
  }

  build(): Uint8Array {
    const graph = {
      name: 'lucency',
      node: this.#nodes,
      initializer: [...this.#constants.values()],
      input: this.#inputs,
      output: this.#outputs,
    };
    const model = { irVersion: 8, producerName: 'lucency', opsetImport: opsets, graph };
    return onnx.ModelProto.encode(model).finish();
  }
}

function dataType(values: Constant): number {
  if (values instanceof Float32Array) return types.FLOAT;
  if (values instanceof Uint8Array) return types.UINT8;
  if (values instanceof Int8Array) return types.INT8;
  if (values instanceof Int32Array) return types.INT32;
  return types.INT64;
}

function attribute(name: string, value: Attribute): onnxProto.onnx.IAttributeProto {
  if (typeof value === 'number') return { name, type: attributeTypes.INT, i: value };
  if (typeof value === 'string')
    return { name, type: attributeTypes.STRING, s: new TextEncoder().encode(value) };
  return { name, type: attributeTypes.INTS, ints: [...value] };
}

function floatValue(name: string, shape: Shape | undefined): onnxProto.onnx.IValueInfoProto {
  if (!shape) return { name, type: { tensorType: { elemType: types.FLOAT } } };
  const dim = shape.map((length) => (length === 'N' ? { dimParam: 'N' } : { dimValue: length }));
  return { name, type: { tensorType: { elemType: types.FLOAT, shape: { dim } } } };
}
