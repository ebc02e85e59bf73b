import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { Link, MemoryRouter, useNavigate } from 'react-router';
import { useFromTop } from '@/phone/fromTop';

function Phone() {
  const go = useNavigate();
  return (
    <main ref={useFromTop()}>
      <Link to="/followup/1">医院</Link>
      <Link to="?q=1">筛选</Link>
      <button type="button" onClick={() => void go(-1)}>返回</button>
    </main>
  );
}

it('begins a page at its top, and leaves the place where one stays or goes back', async () => {
  render(<MemoryRouter initialEntries={['/followup']}><Phone /></MemoryRouter>);
  const main = screen.getByRole('main');
  main.scrollTop = 300;
  await userEvent.click(screen.getByRole('link', { name: '筛选' }));
  expect(main.scrollTop).toBe(300);
  await userEvent.click(screen.getByRole('link', { name: '医院' }));
  expect(main.scrollTop).toBe(0);
  main.scrollTop = 200;
  await userEvent.click(screen.getByRole('button', { name: '返回' }));
  expect(main.scrollTop).toBe(200);
});
