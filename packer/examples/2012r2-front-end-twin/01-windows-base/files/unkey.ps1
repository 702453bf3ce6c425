# Runs as SYSTEM on demand (scheduled task \lyncimg\unkey), as the last act of a layer: takes back listener, certificate
# and password, then powers off. If anything fails the machine stays on, and the build that waits for it to go off
# keeps nothing. PowerShell 3.0 and later; writes no secret to its log.
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$folder = 'C:\ProgramData\lyncimg'
$ruleName = 'lyncimg WinRM over HTTPS'

function Write-Journal([string] $Text) {
    $line = '{0} unkey: {1}' -f (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ'), $Text
    Add-Content -LiteralPath (Join-Path $folder 'first-boot.log') -Value $line -Encoding UTF8
}

function Close-Listener {
    Get-ChildItem -Path WSMan:\localhost\Listener |
        Where-Object { $_.Keys -contains 'Transport=HTTPS' } |
        Remove-Item -Recurse -Force
    Set-Item -Path WSMan:\localhost\Service\Auth\Basic -Value $false
    & netsh.exe advfirewall firewall delete rule "name=$ruleName" | Out-Null
}

function Remove-ServerCertificate {
    # Boot names there what it imported.
    $file = Join-Path $folder 'thumbprint'
    $thumbprint = (Get-Content -LiteralPath $file | Select-Object -First 1).Trim()
    $store = New-Object System.Security.Cryptography.X509Certificates.X509Store('My', 'LocalMachine')
    $store.Open('ReadWrite')
    try {
        $found = $store.Certificates.Find('FindByThumbprint', $thumbprint, $false)
        if ($found.Count -eq 0) { throw "no certificate $thumbprint" }
        foreach ($certificate in $found) {
            # The key lies in a provider of CryptoAPI, as server.pfx wants it: cleared like this, its container is deleted
            # (Microsoft, RSACryptoServiceProvider.PersistKeyInCsp), in each PowerShell. Whether 2008 R2 with WMF 3.0 has
            # Remove-Item -DeleteKey is not known.
            $key = $certificate.PrivateKey
            $key.PersistKeyInCsp = $false
            $key.Clear()
            $store.Remove($certificate)
        }
    }
    finally { $store.Close() }
    Remove-Item -LiteralPath $file -Force
    # What boot goes by: without them the same disc would be taken for one that is in force.
    foreach ($name in 'keyed', 'key.cmd') {
        Remove-Item -LiteralPath (Join-Path $folder $name) -Force -ErrorAction SilentlyContinue
    }
    return $thumbprint
}

function Set-RandomPassword {
    $bytes = New-Object byte[] 48
    $random = [System.Security.Cryptography.RandomNumberGenerator]::Create()
    try { $random.GetBytes($bytes) } finally { $random.Dispose() }
    # The ending satisfies any rule about kinds of characters; nobody knows or keeps the rest.
    $password = [Convert]::ToBase64String($bytes) + 'aA1!'
    $account = Get-WmiObject -Class Win32_UserAccount -Filter "LocalAccount = True" |
        Where-Object { $_.SID -like 'S-1-5-21-*-500' } | Select-Object -First 1
    ([ADSI] "WinNT://$env:COMPUTERNAME/$($account.Name),user").SetPassword($password)
}

try {
    # Whoever started this task still waits for the answer over the listener that goes away now.
    Start-Sleep -Seconds 15
    Close-Listener
    $thumbprint = Remove-ServerCertificate
    Set-RandomPassword
    Write-Journal "removed listener and certificate $thumbprint, scrambled the password; powering off"
    & shutdown.exe /s /f /t 0 /d p:4:1
    if ($LASTEXITCODE -ne 0) { throw "shutdown ended with $LASTEXITCODE" }
}
catch {
    Write-Journal "failed: $($_.Exception.GetType().Name) at line $($_.InvocationInfo.ScriptLineNumber)"
    exit 1
}
