import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useToast } from '@/ui/toast';

const NewRequest = lazy(() => import('./NewRequest'));

type Props = { record?: { type: string; id: number }; primary?: boolean };

/** Opens the sheet that asks for an approval by hand, and goes to the case that came of it. */
export function RequestButton({ record, primary = false }: Props) {
  const { t } = useTranslation('approvals');
  const say = useToast();
  const go = useNavigate();
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button type={primary ? 'primary' : 'default'} onClick={() => { setAsking(true); }}>
        {t('request.new')}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <NewRequest
            record={record}
            onClose={() => { setAsking(false); }}
            onOpened={(kept) => {
              setAsking(false);
              say('ok', t('request.asked'));
              if (!record) void go(`/approvals/${kept.id}`);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
