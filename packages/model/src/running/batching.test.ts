import { describe, expect, it } from 'vitest';
import { WaitingRoom } from './batching.js';

function roomWith(urgent: number, routine: number): WaitingRoom<string> {
  const room = new WaitingRoom<string>();
  for (let index = 0; index < routine; index++) room.add(`routine ${index}`, 'ROUTINE');
  for (let index = 0; index < urgent; index++) room.add(`urgent ${index}`, 'STAT');
  return room;
}

describe('a batch', () => {
  it('takes urgent pictures first, in the order they came', () => {
    expect(roomWith(2, 2).take()).toEqual(['urgent 0', 'urgent 1', 'routine 0', 'routine 1']);
  });

  it('keeps one slot in eight for routine pictures while both wait', () => {
    const room = roomWith(20, 20);
    expect(room.take()).toEqual([...Array.from({ length: 7 }, (_, index) => `urgent ${index}`), 'routine 0']);
    expect(room.take().filter((name) => name.startsWith('routine'))).toEqual(['routine 1']);
  });

  it('gives all eight slots to one kind when the other does not wait', () => {
    expect(roomWith(20, 0).take()).toHaveLength(8);
    expect(roomWith(0, 20).take()).toHaveLength(8);
  });

  it('lets no picture wait twice or be lost', () => {
    const room = roomWith(13, 9);
    const taken: string[] = [];
    while (room.size > 0) taken.push(...room.take());
    expect(new Set(taken).size).toBe(22);
    expect(taken).toHaveLength(22);
  });
});
