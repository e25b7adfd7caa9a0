"""Signatures of persons under entries of the record: 谁检查谁签名、谁治理谁签名、谁验收谁签名.

They are SM2 signatures by keys this system keeps for its persons. No page may call them 可靠电子签名
(电子签名法第十三条): that needs a key under the signer's sole control and a certificate, which is what a
second :class:`Signer` is for.
"""
