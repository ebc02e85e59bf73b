import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react';
import { useMe } from '@/features/identity/session';
import { withWords } from '@/ui/i18n';
import { purposesQuery } from './purposes';

const PurposeNotice = lazy(() => withWords('privacy', import('./PurposeNotice').then((module) => ({ default: module.PurposeNotice }))));

type Asked = { purpose: string; tell: (agreed: boolean) => void };

/**
 * Asks before personal data is taken: `if (await ask('location')) …`, and `notice` stands somewhere on the page.
 * Whoever has answered is not asked again; closed without an answer, or unknown without a network, is a no.
 */
export function usePurposeNotice(via: 'screen' | 'phone' = 'screen'): { ask: (purpose: string) => Promise<boolean>; notice: ReactNode } {
  const me = useMe();
  const cache = useQueryClient();
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = useCallback(
    async (purpose: string) => {
      const known = await cache.fetchQuery(purposesQuery(me.id)).catch(() => cache.getQueryData(purposesQuery(me.id).queryKey));
      const found = known?.find((one) => one.key === purpose);
      if (!found) return false;
      if (found.mine) return found.mine === 'agreed';
      return new Promise<boolean>((tell) => {
        setAsked({ purpose, tell });
      });
    },
    [cache, me.id],
  );
  const done = (agreed: boolean) => {
    asked?.tell(agreed);
    setAsked(null);
  };
  const notice = asked && (
    <Suspense fallback={null}>
      <PurposeNotice
        purpose={asked.purpose}
        via={via}
        onAnswer={done}
        onClose={() => {
          done(false);
        }}
      />
    </Suspense>
  );
  return { ask, notice };
}
