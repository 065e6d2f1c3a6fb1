> request=smtpd_access_policy
> protocol_state=DATA
> sender=filed@example.org
> recipient=contact@x
> recipient_count=1
> instance=104.1.0
>
< action=REDIRECT filed@x
<
= C-6 file contact@x file
