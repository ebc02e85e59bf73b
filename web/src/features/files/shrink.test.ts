import { expect, it } from 'vitest';
import { fit, shrinkPhoto } from './shrink';

it('keeps a picture that is small enough', () => {
  expect(fit(800, 600, 1000)).toEqual({ width: 800, height: 600 });
});

it('fits the longer side', () => {
  expect(fit(4000, 3000, 2000)).toEqual({ width: 2000, height: 1500 });
});

it('leaves a file that is no photo alone', async () => {
  const file = new File(['x'.repeat(2_000_000)], 'a.pdf', { type: 'application/pdf' });
  expect(await shrinkPhoto(file)).toBe(file);
});
