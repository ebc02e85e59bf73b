import { expect, it } from 'vitest';
import { mentionAt, withMention } from './mentions';

it('finds what is typed after an @', () => {
  expect(mentionAt('请 @张三', 5)).toBe('张三');
  expect(mentionAt('请 @', 3)).toBe('');
});

it('is quiet where no @ is being typed', () => {
  expect(mentionAt('a@b 你好', 6)).toBeNull();
});

it('puts the chosen name in', () => {
  expect(withMention('请 @zs 看', 5, '张三')).toEqual({ text: '请 @张三  看', caret: 6 });
});
