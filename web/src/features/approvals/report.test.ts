import { expect, it } from 'vitest';
import { reportFile, shareText, trendOf } from './report';

it('says shares in per cent, small ones more finely', () => {
  expect(shareText(0.5)).toBe('50%');
  expect(shareText(0.031)).toBe('3.1%');
  expect(shareText(0)).toBe('0%');
  expect(shareText(null)).toBe('–');
});

it('tells what rose and what fell, and leaves noise alone', () => {
  expect(trendOf(120, 100)).toBe('up');
  expect(trendOf(80, 100)).toBe('down');
  expect(trendOf(100.5, 100)).toBe('same');
  expect(trendOf(1, null)).toBeNull();
});

it('asks for the file of what is shown', () => {
  expect(reportFile({ from: '2026-11-01', flow: '', by: 'node' })).toBe('/api/approvals/report/file?from=2026-11-01&by=node');
});
