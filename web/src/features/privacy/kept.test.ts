import { beforeEach, describe, expect, it } from 'vitest';
import type { PrivacyPurpose } from '@/api/types';
import { held, holdAnswer, holdPurposes, releaseAnswer, waiting, withAnswer } from './kept';

const location: PrivacyPurpose = { key: 'location', version: 2, name: {}, text: {}, mine: null, answered_at: null };

beforeEach(() => {
  localStorage.clear();
});

describe('answers that wait for a network', () => {
  it('are kept apart for each person, the last one to a purpose', () => {
    holdAnswer(1, { purpose: 'location', version: 2, agreed: true, via: 'phone' });
    holdAnswer(1, { purpose: 'location', version: 2, agreed: false, via: 'phone' });
    expect(waiting(1).map((one) => one.agreed)).toEqual([false]);
    expect(waiting(2)).toEqual([]);
    releaseAnswer(1, 'location');
    expect(waiting(1)).toEqual([]);
  });

  it('count only for the words that were read', () => {
    const said = { purpose: 'location', version: 1, agreed: true, via: 'phone' } as const;
    expect(withAnswer([location], said)[0]?.mine).toBeNull();
    expect(withAnswer([location], { ...said, version: 2 })[0]?.mine).toBe('agreed');
  });

  it('stand with what was last read, and survive a store that holds something else', () => {
    expect(held(1)).toBeUndefined();
    holdPurposes(1, [location]);
    expect(held(1)).toEqual([location]);
    localStorage.setItem('closeloop.purposes.1', '{');
    expect(held(1)).toBeUndefined();
  });
});
