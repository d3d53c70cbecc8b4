import * as tf from '@tensorflow/tfjs';
import { loadNative } from './load.js';

/** A process of its own that a faulty binding may take down: loads the one in the folder and convolves once. */
const [folder = ''] = process.argv.slice(2);
await loadNative(folder);
const [sum] = tf
  .conv2d(tf.ones<tf.Rank.R4>([1, 8, 8, 3]), tf.ones<tf.Rank.R4>([3, 3, 3, 4]), 1, 'valid')
  .dataSync<'float32'>();
if (sum !== 27) throw new Error(`a convolution of ones gave ${sum} instead of 27`);
