import PoolsPage from '@/features/pool/PoolsPage';
import { AntdProvider } from '@/ui/AntdProvider';

/** The pools as cards, with the full product's tone and buttons. */
export default function PhonePools() {
  return (
    <AntdProvider>
      <PoolsPage settings={false} />
    </AntdProvider>
  );
}
