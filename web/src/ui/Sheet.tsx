import { Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useIsPhone } from './media';

type Props = { title: ReactNode; onClose: () => void; children: ReactNode; footer?: ReactNode; size?: number; extra?: ReactNode };

/** A panel that comes in from the right, or from below on a phone. */
export function Sheet({ title, onClose, children, footer, size = 560, extra }: Props) {
  const phone = useIsPhone();
  return (
    <Drawer
      open
      title={title}
      extra={extra}
      footer={footer}
      onClose={onClose}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : size}
      destroyOnHidden
      styles={{ body: { padding: phone ? 16 : 20 }, header: { padding: phone ? '12px 16px' : '14px 20px' } }}
    >
      {children}
    </Drawer>
  );
}
